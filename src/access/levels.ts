/** How much a person may do with what a scope guards; a higher level includes the lower ones (permissions.md). */
export const LEVELS = { none: 0, view: 1, comment: 2, edit: 3, manage: 4 } as const;
export type LevelName = keyof typeof LEVELS;
export const LEVEL_NAMES = ["none", "view", "comment", "edit", "manage"] as const satisfies readonly LevelName[];

export const levelName = (level: number): LevelName => LEVEL_NAMES[level] ?? "none";
