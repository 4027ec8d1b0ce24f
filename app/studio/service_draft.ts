import { ServiceDraftSchema } from '#database/schema'
import type { ServiceFiles } from '#app/catalog/description'
import type { Companions } from '#app/studio/companions/companions'

/** A service that is being defined or changed: nobody sees it on paper before it is published. */
export default class ServiceDraft extends ServiceDraftSchema {
  static override primaryKey = 'slug'
  static override selfAssignPrimaryKey = true

  declare files: ServiceFiles
  /** what its kit brought beside it, to be taken when it is published */
  declare brings: Companions | null
}
