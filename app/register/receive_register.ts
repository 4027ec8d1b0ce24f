import type User from '#app/identity/user'
import type Service from '#app/catalog/service'
import RegisterImport from '#app/register/register_import'
import { newId } from '#app/shared/ids'
import { removeFile, writeSealedFile } from '#app/shared/sealed_files'
import { createSealer } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

/** Takes in a register file, sealed; what it would change is worked out by the flow. */
export async function receiveRegister(
  user: User,
  service: Service,
  upload: { name: string; content: Buffer; mode: 'full' | 'changes' }
): Promise<RegisterImport> {
  let file: string | undefined
  try {
    return await transition(async (t) => {
      const sealer = await createSealer(t.trx, 'register_import')
      file = await writeSealedFile(sealer, 'registers', upload.content)
      const id = newId()
      const made = await RegisterImport.create(
        {
          id,
          clientId: service.clientId,
          serviceId: service.id,
          mode: upload.mode,
          name: sealer.sealText(namePlace(id), upload.name),
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
    })
  } catch (error) {
    if (file) await removeFile(file)
    throw error
  }
}

/** What the name of a register file is bound to. */
export const namePlace = (id: string) => `register_imports.name:${id}`
