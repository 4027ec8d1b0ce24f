import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { ServiceFiles } from '#app/catalog/description'
import ServiceDraft from '#app/studio/service_draft'
import type User from '#app/people/user'

/**
 * Changes a draft as it is now: what somebody else changed since it was looked at stays.
 * @param also what must be done with it or not at all, with the files as they were changed
 */
export async function changeDraft(
  slug: string,
  by: User,
  change: (files: ServiceFiles) => ServiceFiles,
  also?: (trx: TransactionClientContract, files: ServiceFiles) => Promise<void>
): Promise<void> {
  await db.transaction(async (trx) => {
    const draft = await ServiceDraft.query({ client: trx })
      .where('slug', slug)
      .forUpdate()
      .firstOrFail()
    const files = change(draft.files)
    await draft.merge({ files, changedBy: by.id }).save()
    await also?.(trx, files)
  })
}
