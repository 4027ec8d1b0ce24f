import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { today } from '#app/core/clock'
import { Random } from '#app/core/random'
import { drainFlow } from '#app/flow/sweeper'
import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import { saveEntry } from '#app/keying/save_entry'
import { inventFor } from '#app/samples/people'
import { givenPaper, person, take } from '#tests/support/given'

export const YEAR = today().slice(0, 4)
export const DONATION = {
  name: '山田 はるゑ',
  address: '青嶺市本町1丁目1番1号',
  donated_on: `${YEAR}-01-05`,
  amount: '10000',
  reference: '1234567890',
  conditions: 'one,two',
}
/** Fetches the service of donors' forms, and its newest version. */
export async function onestop() {
  const service = await Service.findByOrFail('slug', 'onestop')
  return { service, version: await newestVersion(service.id) }
}

/** A form of a donor has come in, was keyed twice, and waits to be accepted. */
export async function givenDonation(
  arrivedOn = today(),
  conditions = 'one,two'
): Promise<AcceptanceCheck> {
  const { version } = await onestop()
  const reference = DONATION.reference.slice(0, version.field('reference').cells)
  const values: Record<string, string> = {
    ...inventFor(version.description, new Random(5), today()),
    ...DONATION,
    reference,
    conditions,
  }
  await givenPaper({ slug: 'onestop', arrivedOn })
  await drainFlow()
  for (const login of ['operator1', 'operator2']) {
    const user = await person(login)
    for (let assignment = await take(user); assignment; assignment = await take(user)) {
      const { fields } = version.group(assignment.task.groupKey)
      await saveEntry(
        assignment,
        Object.fromEntries(fields.map(({ key }) => [key, values[key] ?? '']))
      )
    }
  }
  await drainFlow()
  return AcceptanceCheck.query().firstOrFail()
}
