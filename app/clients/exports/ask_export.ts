import type User from '#app/people/user'
import ValueExport from '#app/clients/exports/value_export'
import { newId } from '#app/core/ids'
import { createSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface ExportWishes {
  clientId: string
  serviceId: string
  /** the client's own columns; else all fields under their names */
  layoutId: string | null
  workOrderId: string | null
  encoding: 'utf8' | 'cp932'
  arrivedFrom: string | null
  arrivedTo: string | null
  submissionState: string | null
  /** only what hasn't been fetched in this layout yet */
  onlyNew: boolean
}

/** Has a file of values made by the workers. */
export async function askExport(
  user: User,
  locale: 'ja' | 'en',
  wishes: ExportWishes
): Promise<ValueExport> {
  return transition(async (t) => {
    const sealer = await createSealer(t.trx, 'export')
    const made = await ValueExport.create(
      { id: newId(), ...wishes, requestedBy: user.id, locale, dataKeyId: sealer.dataKeyId },
      { client: t.trx }
    )
    t.record({
      verb: 'export.asked',
      subject: { type: 'export', id: made.id },
      clientId: made.clientId,
      actorId: user.id,
    })
    return made
  })
}
