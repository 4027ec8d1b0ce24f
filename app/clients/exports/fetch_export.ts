import ValueExport from '#app/clients/exports/value_export'
import type User from '#app/people/user'
import { readSealedStream } from '#app/core/sealed_stream'
import { openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

export interface Fetched {
  name: string
  charset: string
  bytes: number
  parts: AsyncIterable<Buffer>
}

/** Takes a file out, for who asked for it; null where it isn't made, isn't theirs, or is gone. That it was taken is kept. */
export async function fetchExport(user: User, id: string): Promise<Fetched | null> {
  return transition(async (t) => {
    const found = await ValueExport.query({ client: t.trx })
      .where({ id, requestedBy: user.id, state: 'made' })
      .forUpdate()
      .first()
    const sealer = found && (await openLivingSealers([found.dataKeyId], t.trx)).get(found.dataKeyId)
    if (!found?.file || !sealer) return null
    if (!found.fetchedAt)
      await t.trx
        .from('exports')
        .where('id', id)
        .update({ fetched_at: t.trx.raw('now()') })
    t.recordOnly({
      verb: 'values.exported',
      subject: { type: 'export', id },
      clientId: found.clientId,
      actorId: user.id,
      detail: { rows: found.rowsDone, encoding: found.encoding },
    })
    const charset = found.encoding === 'cp932' ? 'windows-31j' : 'utf-8'
    return {
      name: `values-${charset}.csv`,
      charset,
      bytes: Number(found.bytes),
      parts: readSealedStream(sealer, found.file),
    }
  })
}
