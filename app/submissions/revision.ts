import { RevisionSchema } from '#database/schema'

/** The agreed values of a submission, numbered. */
export default class Revision extends RevisionSchema {}
