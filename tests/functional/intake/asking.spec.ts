import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { drainFlow } from '#app/flow/sweeper'
import { asPdf } from '#app/samples/make_sample'
import { newId } from '#app/core/ids'
import { sample, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function upload(content: Buffer) {
  const desk = await Visitor.loggedIn('madoguchi')
  const { service } = await vaccination()
  await desk.upload([{ name: 'form.pdf', content }], {
    service_id: service.id,
    upload_key: newId(),
  })
  await drainFlow()
}

/** The page with its QR code covered by a sticker. */
function withoutCode(page: Buffer): Promise<Buffer> {
  const sticker = { create: { width: 260, height: 260, channels: 3 as const, background: '#fff' } }
  return sharp(page)
    .composite([{ input: sticker, left: 1260, top: 20 }])
    .jpeg()
    .toBuffer()
}

test.group('Pages that need a person', (group) => {
  group.each.setup(reset)

  test('are identified, read as what they are, paired, and become one submission', async ({
    assert,
  }) => {
    const { pages } = await sample(71)
    await upload(await asPdf(await Promise.all(pages.map(withoutCode))))
    const { version } = await vaccination()
    const leader = await Visitor.loggedIn('leader')
    for (let side = 0; side < 2; side++) {
      const { location } = await leader.post('/work/assignments', { kind: 'identify' })
      const assignment = await db
        .from('assignments')
        .where('id', location!.split('/').at(-1)!)
        .firstOrFail()
      const task = await db.from('tasks').where('id', assignment.task_id).firstOrFail()
      const page = await db.from('pages').where('id', task.subject_id).firstOrFail()
      const screen = await leader.get(location!)
      assert.equal(screen.status, 200)
      assert.include(screen.text, `form:${version.id}:2`)
      assert.equal((await leader.post(`${location}/result`)).status, 422)
      const wrong = await leader.post(`${location}/result`, {
        what: `form:${version.id}:9`,
      })
      assert.equal(wrong.location, '/work')
      await leader.post(`${location}/result`, { what: `form:${version.id}:${page.number}` })
    }
    await drainFlow()
    assert.lengthOf(
      await db
        .from('pages')
        .where({ state: 'identify', reason: 'doubtful_pair' })
        .whereNotNull('residual_mm'),
      2
    )
    assert.isNotEmpty(await db.from('readings'))

    const { location } = await leader.post('/work/assignments', { kind: 'pair' })
    const otherSide = /name="other_side"\s+value="([0-9a-f-]{36})"/.exec(
      (await leader.get(location!)).text
    )![1]
    await leader.post(`${location}/result`, { other_side: otherSide })
    await drainFlow()
    assert.deepEqual(
      (await db.from('pages').select('state')).map((page) => page.state),
      ['matched', 'matched']
    )
    assert.lengthOf(await db.from('submissions').where('state', 'keying'), 1)
    assert.lengthOf(
      await db.from('tasks').where('kind', 'pair').whereIn('state', ['open', 'leased']),
      0
    )
  }).timeout(60_000)

  test('may go on with one side alone, or be set aside with a reason', async ({ assert }) => {
    const [alone, twice] = [await sample(72), await sample(73)]
    await upload(await asPdf([alone.pages[0], twice.pages[1]]))
    const leader = await Visitor.loggedIn('leader')
    for (const choice of ['alone', 'aside:duplicate']) {
      const { location } = await leader.post('/work/assignments', { kind: 'pair' })
      await leader.post(`${location}/result`, { other_side: choice })
    }
    await drainFlow()
    const states = (await db.from('pages').orderBy('state').select('state', 'reason')).map(
      (page) => `${page.state} ${page.reason}`
    )
    assert.deepEqual(states, ['matched null', 'set_aside duplicate'])
    const groups = new Set(
      (await db.from('tasks').where('kind', 'key').select('group_key')).map(
        (task) => task.group_key
      )
    )
    assert.isTrue(groups.size === 3 || groups.size === 2)
  }).timeout(60_000)
})
