// Icons of 16 by 16, drawn as lines in the colour of the text.
import type { JSX } from "preact";

const PATHS = {
  undo: "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H6",
  redo: "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H10",
  format: "M5.5 2.5C3.5 2.5 4 4 4 5.5S3.5 8 2 8c1.5 0 2 1 2 2.5s-.5 3 1.5 3M10.5 2.5c2 0 1.5 1.5 1.5 3s.5 2.5 2 2.5c-1.5 0-2 1-2 2.5s.5 3-1.5 3",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  download: "M8 2v8.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  save: "M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5.5v-4M4.5 13.5v-4.5h7v4.5",
  add: "M8 3v10M3 8h10",
  away: "M4 4l8 8M12 4l-8 8",
  generate: "M13.5 8a5.5 5.5 0 1 1-1.700-4M13.5 1.5v3h-3",
  account: "M2.5 6.5 8 2.5l5.5 4M3.5 6.5v7h9v-7M6.5 13.5v-4h3v4",
  service: "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M3.400 12.600l1.400-1.400M11.200 4.800l1.400-1.400",
  outside: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M1.5 8h13M8 1.5c-4 4-4 9 0 13M8 1.5c4 4 4 9 0 13",
  any: "M3 3h10v10H3zM5.5 6.5h5M5.5 9.5h5",
};
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="tw-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** A button that is an icon to the eye, and words to everybody else. */
export function IconButton({ icon, words, disabled, act }: {
  icon: IconName; words: string; disabled?: boolean; act: () => void;
}): JSX.Element {
  return (
    <button type="button" class="tw-icon-button" title={words} disabled={disabled} onClick={act}>
      <Icon name={icon} /><span class="tw-unseen">{words}</span>
    </button>
  );
}
