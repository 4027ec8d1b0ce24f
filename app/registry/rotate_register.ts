import { fingerprint, registerToken } from '#app/registry/register_tokens'
import RegisterPerson, { type RegisteredPerson } from '#app/registry/registered_person'
import { writeRegisterTokens } from '#app/registry/write_register_tokens'
import { openLivingSealers } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const BATCH = 200

/** Writes the tokens by which people of the registers are found anew, under the newest key; returns how many. */
export async function rotateRegister(): Promise<number> {
  let rotated = 0
  for (let page = 1; ; page++) {
    const people = await RegisterPerson.query().orderBy('id').forPage(page, BATCH)
    await transition(async (t) => {
      const sealers = await openLivingSealers(
        people.map((person) => person.dataKeyId),
        t.trx
      )
      const known: { id: string; person: RegisteredPerson }[] = []
      for (const found of people) {
        const sealer = sealers.get(found.dataKeyId)
        if (!sealer) continue
        const person = found.open(sealer)
        await t.trx
          .from('register_people')
          .where('id', found.id)
          .update({ number_token: registerToken(person.number), fingerprint: fingerprint(person) })
        known.push({ id: found.id, person })
        rotated++
      }
      await writeRegisterTokens(t.trx, known)
    })
    if (people.length < BATCH) return rotated
  }
}
