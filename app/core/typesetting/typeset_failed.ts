/** The template could not be typeset. The message names file, line and reason, never the data. */
export class TypesetFailed extends Error {}
