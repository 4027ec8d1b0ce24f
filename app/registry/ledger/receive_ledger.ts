import type Service from '#app/catalog/service'
import type User from '#app/people/user'
import LedgerImport, { ledgerNameSealContext } from '#app/registry/ledger/ledger_import'
import { receiveFile } from '#app/core/receive_file'

/** Takes in a file of a service's ledger, sealed; its rows are taken by the workers. */
export async function receiveLedger(
  user: User,
  service: Service,
  upload: { name: string; content: Buffer }
): Promise<LedgerImport> {
  return receiveFile(
    'ledger_import',
    'ledgers',
    upload.content,
    async (t, { id, sealer, file }) => {
      const made = await LedgerImport.create(
        {
          id,
          clientId: service.clientId,
          serviceId: service.id,
          name: sealer.sealText(ledgerNameSealContext(id), upload.name),
          dataKeyId: sealer.dataKeyId,
          file,
          uploadedBy: user.id,
        },
        { client: t.trx }
      )
      t.record({
        verb: 'ledger.received',
        subject: { type: 'ledger_import', id },
        clientId: service.clientId,
        actorId: user.id,
        detail: { bytes: upload.content.length },
      })
      return made
    }
  )
}
