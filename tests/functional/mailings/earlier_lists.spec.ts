import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { removeOldMailings } from '#app/mailings/remove_old_mailings'
import { approveBy, approved, givenMailing, handInList } from '#tests/support/given_mailing'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

type Person = [name: string, number: number]

const KANJI = '一二三四五六七八九十'
const PEOPLE: Person[] = Array.from({ length: 20 }, (_person, index) => [
  `青嶺${KANJI[index % 10]}${KANJI[Math.floor(index / 10)]}`,
  index + 1,
])

const listOf = (people: Person[]) =>
  [
    '郵便番号,住所,氏名,健診日,会場',
    ...people.map(
      ([name, number]) => `399-9903,長野県青嶺市上久保${number}番地,${name},12月1日,公民館`
    ),
  ].join('\r\n')

/** The same names, each beside another address. */
const withNumbers = (people: Person[], numbers: number[]): Person[] =>
  people.map(([name], index) => [name, numbers[index]])

const SHIFTED = '名前のとなりに別の人の住所があるようです'

test.group('A list beside earlier ones', (group) => {
  let client: Visitor
  let chief: Visitor
  let count = 0
  group.each.setup(() => reset())
  group.each.setup(async () => {
    client = await Visitor.loggedIn('kenko')
    chief = await Visitor.loggedIn('kacho')
    await approved(client, chief, await handIn(PEOPLE))
  })

  async function handIn(people: Person[]): Promise<string> {
    const mailing = await givenMailing(client, { letter: { name: `健診 ${(count += 1)}` } })
    await handInList(client, mailing, listOf(people))
    return mailing
  }
  const shownOf = async (mailing: string) => (await client.get(mailing)).text

  test('is sent back where names stand beside their neighbors’ addresses', async ({ assert }) => {
    const numbers = PEOPLE.map(([, number], index) => (index < 5 ? number : number + 1))
    const mailing = await handIn(withNumbers(PEOPLE, numbers))
    const text = await shownOf(mailing)
    assert.include(text, SHIFTED)
    assert.include(text, '7行目から20行目')
    await client.post(`${mailing}/submission`)
    assert.equal((await approveBy(chief, mailing)).status, 422)
    await handInList(client, mailing, listOf(PEOPLE))
    assert.include(await shownOf(mailing), '20通を手紙にし、0行は')
  })

  test('is sent back where only a few rows at its end have come apart', async ({ assert }) => {
    const numbers = PEOPLE.map(([, number], index) => (index < 16 ? number : number + 1))
    assert.include(await shownOf(await handIn(withNumbers(PEOPLE, numbers))), '18行目から20行目')
  })

  test('is sent back where its columns were sorted apart', async ({ assert }) => {
    const apart = PEOPLE.map((_person, index) => PEOPLE[(index * 7 + 3) % 20][1])
    assert.include(await shownOf(await handIn(withNumbers(PEOPLE, apart))), SHIFTED)
  })

  test('goes where people have moved, new ones are between, and two have changed homes', async ({
    assert,
  }) => {
    const [first, second, ...others] = PEOPLE.map(([, number]) => number)
    const swapped = withNumbers(PEOPLE, [second, first, ...others.map((one) => one)])
    const moved = swapped.map(([name, number], index): Person =>
      index > 14 ? [name, number + 100] : [name, number]
    )
    const fresh: Person[] = [['山田太郎', 3], ...moved, ['山田花子', 300]]
    const text = await shownOf(await handIn(fresh))
    assert.notInclude(text, SHIFTED)
    assert.include(text, '22通を手紙にし、0行は')
  })

  test('tells nothing by a name that several have', async ({ assert }) => {
    const namesakes: Person[] = PEOPLE.map(([, number]) => ['青嶺花子', number + 200])
    await approved(client, chief, await handIn(namesakes))
    const others: Person[] = namesakes.map(([name, number]) => [name, number - 1])
    assert.notInclude(await shownOf(await handIn(others)), SHIFTED)
    const [{ count: unclear }] = await db
      .from('written_addresses')
      .whereNull('place_token')
      .count('* as count')
    assert.equal(Number(unclear), 1)
  })

  test('goes where somebody says that it is right, and who approves sees that', async ({
    assert,
  }) => {
    const numbers = PEOPLE.map(([, number]) => number + 1)
    const mailing = await handIn(withNumbers(PEOPLE, numbers))
    await client.post(`${mailing}/comparison`)
    await drainFlow()
    await client.post(`${mailing}/submission`)
    assert.include((await chief.get(mailing)).text, '正しいことを確かめました')
    // That holds for this list alone.
    await client.post(`${mailing}/return`)
    await handInList(
      client,
      mailing,
      listOf(
        withNumbers(
          PEOPLE,
          numbers.map((one) => one + 1)
        )
      )
    )
    assert.include(await shownOf(mailing), SHIFTED)
    assert.notInclude(await shownOf(mailing), '正しいことを確かめました')
  })

  test('isn’t compared with letters that were canceled', async ({ assert }) => {
    await db.from('written_addresses').delete()
    const numbers = PEOPLE.map(([, number]) => number + 1)
    const wrong = await handIn(withNumbers(PEOPLE, numbers))
    await approved(client, chief, wrong)
    await client.post(`${wrong}/cancellation`)
    assert.notInclude(await shownOf(await handIn(PEOPLE)), SHIFTED)
  })

  test('is another client’s affair, and nobody’s after its time', async ({ assert }) => {
    const { client_id: own } = await db.from('mailings').firstOrFail()
    const other = await db.from('organizations').whereNot('id', own).firstOrFail()
    await db.from('written_addresses').update({ client_id: other.id })
    const numbers = PEOPLE.map(([, number]) => number + 1)
    assert.notInclude(await shownOf(await handIn(withNumbers(PEOPLE, numbers))), SHIFTED)
    const [gone, stays] = await db.from('written_addresses').select('person_token').limit(2)
    const age = (days: number) => db.raw('current_date - cast(? as int)', [days])
    await db
      .from('written_addresses')
      .where(gone)
      .update({ written_on: age(401) })
    await db
      .from('written_addresses')
      .where(stays)
      .update({ written_on: age(399) })
    await removeOldMailings()
    assert.isNull(await db.from('written_addresses').where(gone).first())
    assert.isNotNull(await db.from('written_addresses').where(stays).first())
  })
})
