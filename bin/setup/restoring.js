/**
 * The mark of a restore that is under way: a file that names the database. Where it stays, the restore was cut off, and
 * nothing may serve what is there: who was erased since could be in it.
 *
 * @param {string} filesPath the folder of sealed files
 */
export const restoringMark = (filesPath) => `${filesPath}.restoring`
