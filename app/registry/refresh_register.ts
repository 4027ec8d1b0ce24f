import RegisterPerson from '#app/registry/registered_person'
import { writeRegisterTokens } from '#app/registry/write_register_tokens'
import { TOKENS_VERSION } from '#app/submissions/search_tokens'
import { openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const AT_ONCE = 200

/** Writes anew by what people of registers are found where it was written by an older version; how many. Run by the worker. */
export async function refreshRegister(): Promise<number> {
  return transition(async (t) => {
    const people = await RegisterPerson.query({ client: t.trx })
      .where('tokensVersion', '<', TOKENS_VERSION)
      .orderBy('id')
      .limit(AT_ONCE)
      .forUpdate()
    const sealers = await openLivingSealers(
      people.map((person) => person.dataKeyId),
      t.trx
    )
    await writeRegisterTokens(
      t.trx,
      people.flatMap((person) => {
        const sealer = sealers.get(person.dataKeyId)
        return sealer ? [{ id: person.id, person: person.open(sealer) }] : []
      })
    )
    await t.trx
      .from('register_people')
      .whereIn(
        'id',
        people.map((person) => person.id)
      )
      .update({ tokens_version: TOKENS_VERSION })
    return people.length
  })
}
