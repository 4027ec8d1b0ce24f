import type User from '#app/people/user'
import type Service from '#app/catalog/service'
import RegisterImport from '#app/registry/register_import'
import { receiveFile } from '#app/core/receive_file'

/** Takes in a register file, sealed; what it would change is worked out by the flow. */
export async function receiveRegister(
  user: User,
  service: Service,
  upload: { name: string; content: Buffer; mode: 'full' | 'changes' }
): Promise<RegisterImport> {
  return receiveFile(
    'register_import',
    'registers',
    upload.content,
    async (t, { id, sealer, file }) => {
      const made = await RegisterImport.create(
        {
          id,
          clientId: service.clientId,
          serviceId: service.id,
          mode: upload.mode,
          name: sealer.sealText(nameSealContext(id), upload.name),
          dataKeyId: sealer.dataKeyId,
          file,
          uploadedBy: user.id,
          state: 'received',
          detail: {},
        },
        { client: t.trx }
      )
      t.record({
        verb: 'register.received',
        subject: { type: 'register_import', id },
        clientId: service.clientId,
        actorId: user.id,
        detail: { bytes: upload.content.length, mode: upload.mode },
      })
      return made
    }
  )
}

/** Names what the name of a register file is bound to. */
export const nameSealContext = (id: string) => `register_imports.name:${id}`
