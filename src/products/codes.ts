import { fold } from "../analyzer/analyze.ts";

/** What two codes must share to be one: case, width and doubled spaces do not count, but "GTX Pro" is not "GTXPro". */
export const codeKey = (code: string): string => fold(code).trim().replace(/\s+/g, " ");
