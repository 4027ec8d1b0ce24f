import { fingerprint, registerToken } from '#app/register/compare_register'
import RegisterPerson from '#app/register/registered_person'
import { searchToken, termsOf } from '#app/submissions/search_tokens'
import { openLivingSealers } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

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
      for (const found of people) {
        const sealer = sealers.get(found.dataKeyId)
        if (!sealer) continue
        const person = found.open(sealer)
        await t.trx
          .from('register_people')
          .where('id', found.id)
          .update({ number_token: registerToken(person.number), fingerprint: fingerprint(person) })
        await t.trx.from('register_tokens').where('person_id', found.id).delete()
        const rows = termsOf(person).map((term) => ({
          person_id: found.id,
          kind: term.kind,
          token: searchToken(term),
        }))
        if (rows.length > 0) await t.trx.table('register_tokens').multiInsert(rows)
        rotated++
      }
    })
    if (people.length < BATCH) return rotated
  }
}
