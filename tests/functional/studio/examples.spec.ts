import { test } from '@japa/runner'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import sharp from 'sharp'
import db from '@adonisjs/lucid/services/db'
import { PICTURE } from '#app/catalog/guide_pictures'
import { Visitor } from '#tests/support/visitor'
import { givenSubmission } from '#tests/support/given'
import { reset } from '#tests/support/reset'

const FIELD = '/services/benefit/draft/fields/name_kana'
const PICTURES = /\/services\/benefit\/examples\/(example_[0-9a-f]+\.png)/

/** Some writing in the middle of much paper. */
function photo(): Promise<Buffer> {
  const writing = `<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="1600">
    <path d="M1000 800 l200 -90 l40 180 l160 -150" stroke="black" stroke-width="14" fill="none"/></svg>`
  return sharp(Buffer.from(writing)).flatten({ background: 'white' }).jpeg().toBuffer()
}

async function hand(leader: Visitor, picture: Buffer, keyed = 'タナカ') {
  await leader.get(FIELD)
  const form = new FormData()
  form.append('picture', new Blob([new Uint8Array(picture)]), 'example.jpg')
  form.set('keyed', keyed)
  form.set('why', 'ひとこと')
  return leader.post(`${FIELD}/examples`, form)
}

async function kept(): Promise<string[]> {
  const rows = await db.from('guide_pictures').where('slug', 'benefit').select('name')
  return rows.map(({ name }) => name)
}

test.group('Examples in the keying guide', (group) => {
  group.each.setup(async () => {
    await reset()
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/benefit')
    await leader.post('/services/benefit/draft')
  })
  group.each.teardown(async () => {
    await db.from('service_drafts').delete()
  })

  test('are cut out of what is handed in, stand in the draft, and go for good when nobody names them', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const before = await kept()
    const answer = await hand(leader, await photo())
    assert.equal(answer.location, `${FIELD}#examples`)
    const page = (await leader.get(FIELD)).text
    assert.include(page, 'タナカ')
    const name = PICTURES.exec(page)![1]
    const picture = await leader.get(`/services/benefit/examples/${name}`)
    assert.equal(picture.headers.get('content-type'), 'image/png')
    const { width, height } = await sharp(picture.body).metadata()
    assert.isAtMost(width, PICTURE.width)
    assert.isAtMost(height, PICTURE.height)
    // The paper around is gone: what was written 400 px wide and 180 px high fills the picture.
    assert.approximately(width / height, 400 / 180, 0.3)
    await leader.post(`${FIELD}/examples/${name}/removal`)
    assert.notInclude((await leader.get(FIELD)).text, 'タナカ')
    assert.sameMembers(await kept(), before)
    assert.equal((await leader.get(`/services/benefit/examples/${name}`)).status, 404)
  }).timeout(60_000)

  test('go with the draft that alone named them', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const before = await kept()
    await hand(leader, await photo())
    assert.lengthOf(await kept(), before.length + 1)
    await leader.post('/services/benefit/draft/removal')
    assert.sameMembers(await kept(), before)
  }).timeout(60_000)

  test('stay where a published version shows them, though the draft drops them', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const before = await kept()
    const page = (await leader.get('/services/benefit/draft/fields/moved')).text
    const name = PICTURES.exec(page)![1]
    await leader.post(`/services/benefit/draft/fields/moved/examples/${name}/removal`)
    assert.sameMembers(await kept(), before)
  })

  test('a file that is no picture is refused in plain words, and nothing is lost', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const before = await kept()
    const answer = await hand(leader, Buffer.from('hello'))
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'PDFか画像')
    assert.sameMembers(await kept(), before)
  })

  test('stand beside the snippet that is keyed, for operators; departments get none', async ({
    assert,
  }) => {
    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    await operator.get('/work')
    const taken = await operator.post('/work/assignments')
    const screen = (await operator.get(taken.location!)).text
    const shown = /\/services\/vaccination\/examples\/example_[0-9a-f]+\.png/.exec(screen)![0]
    assert.include(screen, '二本線で消した字は入れません')
    assert.equal((await operator.get(shown)).status, 200)
    const department = await Visitor.loggedIn('kenko')
    assert.equal((await department.get(shown)).status, 404)
  }).timeout(60_000)

  test('travel in the kit, and a kit that lacks one or brings another file is refused', async ({
    assert,
  }) => {
    await db.from('service_drafts').delete()
    const leader = await Visitor.loggedIn('leader')
    const kit = unzipSync(new Uint8Array((await leader.get('/services/benefit/kit.zip')).body))
    const [picture] = Object.keys(kit).filter((name) => name.endsWith('.png'))
    assert.isDefined(picture)
    const send = async (files: Record<string, Uint8Array>) => {
      await leader.get('/services')
      const form = new FormData()
      form.append('kit', new Blob([new Uint8Array(zipSync(files))]), 'kit.zip')
      form.set('client', 'welfare')
      return leader.post('/services/kits', form)
    }
    const lacking = { ...kit }
    delete lacking[picture]
    assert.include((await send(lacking)).text, picture)
    const foreign = await send({ ...kit, [picture]: strToU8('<svg onload="alert(1)"/>') })
    assert.equal(foreign.status, 422)
    assert.include(foreign.text, 'PNG')
    // Their names tell what is in them: the same pictures are no change.
    assert.include((await send(kit)).text, '変わるところはありません')
    assert.isNull(await db.from('service_drafts').where('slug', 'benefit').first())
    await db.from('guide_pictures').where('slug', 'benefit').delete()
    const service = JSON.parse(strFromU8(kit['service.json']))
    service.name.ja += ' (改)'
    await send({ ...kit, 'service.json': strToU8(JSON.stringify(service)) })
    const look = await leader.get('/services/benefit/draft/publication')
    assert.include(look.text, ' (改)')
    assert.notInclude(look.text, picture)
    assert.include(await kept(), picture)
  }).timeout(60_000)
})
