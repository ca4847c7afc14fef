// The tables that are the same for every view. The kernel puts them before the code: `trust_widgets/views/code.py`.
import type { Tables } from "../state";

declare const TABLES: Tables;
export const tables = TABLES;
