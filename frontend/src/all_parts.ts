// All parts, by the names that the kernel has for them.
import { changesPart } from "./changes";
import { companionsPart } from "./companions";
import { editorPart } from "./editor/editor";
import { exercisePart } from "./exercise/exercise";
import { exportPart } from "./export";
import { findingsPart } from "./findings/findings";
import { formPart } from "./form";
import { grantsPart } from "./grants";
import { homePart } from "./home";
import { permissionsPart } from "./permissions";
import { simulatorPart } from "./simulator/simulator";
import { sourcePart } from "./source";
import { summaryPart } from "./summary";
import { truthPart } from "./truth";
import { whoPart } from "./who";

export const PARTS = {
  grants: grantsPart, summary: summaryPart, form: formPart, editor: editorPart, findings: findingsPart, who: whoPart,
  simulator: simulatorPart, changes: changesPart, truth: truthPart, companions: companionsPart, export: exportPart,
  home: homePart, permissions: permissionsPart, exercise: exercisePart, source: sourcePart,
};
export type PartName = keyof typeof PARTS;
