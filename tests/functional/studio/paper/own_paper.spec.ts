import { test } from '@japa/runner'
import { unzipSync, zipSync } from 'fflate'
import sharp from 'sharp'
import db from '@adonisjs/lucid/services/db'
import type { Place } from '#app/catalog/description'
import { draftPaper, publishedPaper } from '#app/studio/draft_paper'
import { filesOf } from '#app/studio/export_service'
import { readServiceFiles } from '#app/catalog/service_files'
import ServiceDraft from '#app/studio/service_draft'
import { typesetForm } from '#app/catalog/typeset_form'
import { drainFlow } from '#app/flow/sweeper'
import BlankForm from '#app/studio/paper/blank_form'
import { findPlaces } from '#app/studio/paper/find_places'
import { blackOut } from '#app/intake/black_out'
import Page from '#app/intake/page'
import { openPicture } from '#app/reading/gray_image'
import { arrive, ARRIVALS } from '#app/samples/arrivals'
import { Random } from '#app/core/random'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import { rasterize } from '#app/core/rasterize'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'
import { asScan, cityForm, fillInCityForm } from '#tests/support/city_form'
import { beginOnForm, forgetService, withFile } from '#tests/support/given_city_form'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const ANSWERS = {
  name_kana: 'ヤマダ ハルエ',
  name: '山田 はるゑ',
  phone: '0263001234',
  card: '20260517',
  day: 'o2',
}

/** Published versions never change and are kept in memory: each test has a service of its own. */
let slug = ''
let made = 0

function draft(): Promise<ServiceDraft> {
  return ServiceDraft.findOrFail(slug)
}

async function name(leader: Visitor, place: Place, use: Record<string, string>): Promise<void> {
  const { x, y, width, height, kind, cells } = place
  const answer = await leader.post(`/services/${slug}/draft/places/${place.id}`, {
    shape: kind,
    ...{ x: String(x), y: String(y), width: String(width), height: String(height) },
    ...(cells ? { cells: String(cells) } : {}),
    ...use,
  })
  if (answer.status !== 302) throw new Error(`${place.id}: ${answer.status}`)
}

/** Says what every place is for, as a clerk would at the screen. */
async function nameAll(leader: Visitor, places: Place[]): Promise<void> {
  const at = (label: string) => places.find((place) => place.label === label)!
  await name(leader, at('Name in kana'), { what: 'field:name_kana' })
  await name(leader, at('Name'), { what: 'field:name' })
  await name(leader, at('Phone'), { what: 'field:phone' })
  const card = at('Number of the card')
  await name(leader, card, { what: 'fresh', label: 'カード番号', kind: 'digits' })
  await name(leader, at('My Number'), { what: 'secret' })
  const [first, second, third] = ['Monday', 'Wednesday', 'Saturday'].map(at)
  await name(leader, first, {
    'what': 'fresh',
    'label': 'ご希望の曜日',
    'kind': 'choice',
    'option': '月曜日',
    'together[0]': second.id,
    'together[1]': third.id,
  })
  // Keys are given by the program: the test's answers go by them.
  const { files } = await draft()
  const keys = files.groups.flatMap((group) => group.fields.map((field) => field.key))
  const [cardKey, dayKey] = keys.slice(-2)
  Object.assign(ANSWERS, { [cardKey]: ANSWERS.card, [dayKey]: ANSWERS.day })
}

async function publish(leader: Visitor): Promise<{ version: ServiceVersion }> {
  const look = await leader.get(`/services/${slug}/draft/publication`)
  const left = (await draft()).files.ownPaper!.places.filter((one) => !one.field && !one.secret)
  if (left.length > 0 && !look.text.includes(`決めていないところが ${left.length} か所あります`))
    throw new Error(`Nobody says that ${left.length} places would be lost`)
  const answer = await leader.post(`/services/${slug}/draft/publication`)
  if (answer.location !== `/services/${slug}`) throw new Error(`Not published: ${answer.text}`)
  const service = await Service.findByOrFail('slug', slug)
  const version = await ServiceVersion.query().where('serviceId', service.id).firstOrFail()
  return { version }
}

test.group("A city's own form", (group) => {
  group.each.setup(async () => {
    slug = `club-${++made}`
    await reset()
  })
  group.each.teardown(async () => {
    await reset()
    await forgetService(slug)
  })

  test('is uploaded, named place by place, tried on a sample, published, and read', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const form = await cityForm('Application of the citizens club')
    const places = await beginOnForm(leader, slug, form)
    assert.includeMembers(
      places.map(({ kind, label }) => `${kind} ${label}`),
      ['box Name', 'comb Number of the card', 'tick Monday', 'tick Saturday', 'box My Number']
    )
    await nameAll(leader, places)
    const { files } = await draft()
    const fields = files.groups.flatMap((one) => one.fields)
    assert.equal(fields.find((field) => field.label.ja === 'カード番号')?.cells, 8)
    const day = fields.find((field) => field.label.ja === 'ご希望の曜日')
    assert.deepEqual(
      day?.options?.map((option) => option.label.ja),
      ['月曜日', 'Wednesday', 'Saturday']
    )

    const paper = (await draftPaper(slug))!
    const filled = await fillInCityForm(files, paper, ANSWERS)
    await leader.get(`/services/${slug}/draft/trial`)
    const tried = await withFile(
      leader,
      `/services/${slug}/draft/trial`,
      'sample',
      await asScan(filled)
    )
    assert.equal(tried.status, 200)
    assert.match(tried.text, /用紙とのずれ 0\.0\d mm/)
    assert.include(tried.text, '20260517')
    assert.include(tried.text, 'Wednesday')

    const { version } = await publish(leader)
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get('/scans')
    for (const [index, way] of ARRIVALS.entries()) {
      const content = await arrive(way, filled, new Random(11 + index))
      const answer = await desk.upload([{ name: `${way}.pdf`, content }], {
        service_id: version.serviceId,
        upload_key: crypto.randomUUID(),
      })
      assert.isTrue(answer.files[0].ok, answer.files[0].message)
    }
    await drainFlow()
    const pages = await Page.query().orderBy('createdAt')
    assert.lengthOf(pages, ARRIVALS.length)
    for (const page of pages) {
      assert.equal(page.serviceVersionId, version.id)
      assert.isBelow(page.residualMm!, 0.5)
      assert.equal(page.state, 'matched')
    }
    assert.lengthOf(await db.from('submissions'), ARRIVALS.length)
  }).timeout(300_000)

  test('refuses what is another form, or half of this one', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const places = await beginOnForm(
      leader,
      slug,
      await cityForm('Application of the citizens club')
    )
    await nameAll(leader, places)
    const { files } = await draft()
    const paper = (await draftPaper(slug))!
    const filled = await fillInCityForm(files, paper, ANSWERS)
    const { data, width, height } = filled
    const half = await sharp(data, { raw: { width, height, channels: 1 } })
      .composite([
        {
          input: {
            create: {
              width,
              height: Math.round(height * 0.55),
              channels: 3,
              background: '#fff',
            },
          },
          gravity: 'south',
        },
      ])
      .png()
      .toBuffer()
    const benefit = await typesetForm(await readServiceFiles('benefit'), 1, ['0'])
    const other = await asScan((await rasterize(benefit.pdf, 300))[0])
    await leader.get(`/services/${slug}/draft/trial`)
    for (const sample of [half, other]) {
      const tried = await withFile(leader, `/services/${slug}/draft/trial`, 'sample', sample)
      assert.include(tried.text, 'この申込書と合いません')
      assert.notInclude(tried.text, '20260517')
    }
    const noForm = await withFile(
      leader,
      `/services/${slug}/draft/trial`,
      'sample',
      Buffer.from('hello')
    )
    assert.equal(noForm.status, 422)
    assert.include(noForm.text, 'PDFか画像')
  }).timeout(180_000)

  test('travels with its kit, and a new version begins with it', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const form = await cityForm('Application of the citizens club')
    await nameAll(leader, await beginOnForm(leader, slug, form))
    const { version } = await publish(leader)
    const kit = unzipSync((await leader.get(`/services/${slug}/kit.zip`)).body)
    assert.deepEqual(Buffer.from(kit['form.pdf']), form)
    assert.deepEqual((await publishedPaper(version.id))?.file, form)
    await leader.get(`/services/${slug}`)
    await leader.post(`/services/${slug}/draft`)
    assert.deepEqual((await draft()).files, filesOf(version.description))
    assert.deepEqual((await draftPaper(slug))?.file, form)
    await forgetService(slug)
    const upload = new FormData()
    const zip = zipSync(kit)
    upload.set('kit', new Blob([new Uint8Array(zip)]), 'club.zip')
    upload.set('client', 'welfare')
    await leader.get('/services')
    const answer = await leader.post('/services/kits', upload)
    assert.equal(answer.location, `/services/${slug}/draft/publication`)
    assert.deepEqual((await draftPaper(slug))?.file, form)
  }).timeout(180_000)

  test('is not published while the place of a My Number is open', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const places = await beginOnForm(
      leader,
      slug,
      await cityForm('Application of the citizens club')
    )
    const number = places.find((place) => place.label === 'My Number')!
    await leader.get('/services')
    await leader.post(`/services/${slug}/draft/places/${number.id}/removal`)
    assert.include((await leader.get(`/services/${slug}/draft/places`)).text, '消せません')
    const answer = await leader.post(`/services/${slug}/draft/publication`)
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'My Number')
  }).timeout(60_000)

  test('has its My Number blackened before anything is kept', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const form = await cityForm('Application of the citizens club')
    await nameAll(leader, await beginOnForm(leader, slug, form))
    const { files } = await draft()
    const filled = await fillInCityForm(files, (await draftPaper(slug))!, ANSWERS)
    const { version } = await publish(leader)
    const box = version.description.blackouts![0]
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get('/scans')
    await desk.upload(
      [{ name: 'photo.jpg', content: await arrive('photo', filled, new Random(2)) }],
      { service_id: version.serviceId, upload_key: crypto.randomUUID() }
    )
    await drainFlow()
    const page = await Page.query().firstOrFail()
    assert.equal(page.state, 'matched')
    const sealer = await openSealer(page.dataKeyId)
    const { data, width } = await openPicture(await readSealedFile(sealer, page.registeredImage!))
    const px = 200 / 25.4
    for (let x = box.x + 1; x < box.x + box.width - 1; x += 2) {
      const y = Math.round((box.y + box.height / 2) * px)
      assert.isBelow(data[y * width + Math.round(x * px)], 60)
    }
    // Another sheet beside it, of which nobody would take the number away.
    const sheet = await asScan(filled)
    const two = await sharp(sheet)
      .extend({ right: filled.width, background: '#fff' })
      .composite([{ input: sheet, left: filled.width + 40, top: 60 }])
      .png()
      .toBuffer()
    const kept = await blackOut(two, {
      clientId: page.clientId,
      serviceId: null,
      guarded: true,
      numbersAbound: true,
    })
    const { data: seen, width: wide } = await openPicture(kept.jpeg)
    if (kept.kept === 'blackened') {
      const [scale, left] = [300 / 25.4, [0, filled.width + 40]]
      const levels = left.map((x) => {
        const at = Math.round((box.y + box.height / 2) * scale) + (x > 0 ? 60 : 0)
        return seen[at * wide + x + Math.round((box.x + box.width / 2) * scale)]
      })
      assert.isBelow(Math.max(...levels), 60)
    } else assert.equal(kept.kept, 'blurred')
    const scan = await db.from('scans').firstOrFail()
    const key = await db.from('data_keys').where('id', scan.data_key_id).first()
    assert.isNotOk(key?.wrapped)
  }).timeout(180_000)

  test('gets a place back that was removed, with what it was for', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await nameAll(leader, await beginOnForm(leader, slug, await cityForm('CITY CLUB')))
    const places = `/services/${slug}/draft/places`
    const monday = (await draft()).files.ownPaper!.places.find(({ label }) => label === 'Monday')!
    const fieldNow = async () =>
      (await draft()).files.groups
        .flatMap(({ fields }) => fields)
        .find(({ key }) => key === monday.field)!
    const before = await fieldNow()
    const answer = await leader.post(`${places}/${monday.id}/removal`)
    assert.lengthOf((await fieldNow()).options!, before.options!.length - 1)
    const page = (await leader.get(answer.location!)).text
    const form = /<form class="note row"[\s\S]*?<\/form>/.exec(page)![0]
    const sent = [...form.matchAll(/name="([a-z_]+)" value="([^"]*)"/g)].flatMap(
      ([, key, value]): [string, string][] => (key === '_csrf' ? [] : [[key, value]])
    )
    await leader.post(places, Object.fromEntries(sent))
    const back = (await draft()).files.ownPaper!.places.at(-1)!
    const { x, y, field, option } = monday
    assert.deepInclude(back, { x, y, field, option })
    assert.sameDeepMembers((await fieldNow()).options!, before.options!)
  }).timeout(60_000)

  test('says what is wrong with a form that can’t be opened, and keeps the draft', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug, name: '市民クラブ', client: 'welfare' })
    await leader.get(`/services/${slug}/draft`)
    const answer = await withFile(
      leader,
      `/services/${slug}/draft/form`,
      'form',
      Buffer.from('%PDF-')
    )
    assert.equal(answer.location, `/services/${slug}/draft/form`)
    await drainFlow()
    assert.include((await leader.get(answer.location!)).text, 'こわれていて')
    assert.isUndefined((await draft()).files.ownPaper)
    const nothing = await leader.post(answer.location!)
    assert.equal(nothing.status, 422)
    assert.include(nothing.text, 'ファイルを選んでください')
    // Nothing that follows the server may take the message, or a chosen file, away.
    assert.notInclude(nothing.text, 'data-live="drafts')
    const hollow = await withFile(leader, answer.location!, 'form', Buffer.alloc(0))
    assert.include(hollow.text, '0バイト')
    const huge = await sharp({
      create: { width: 7000, height: 7000, channels: 3, background: '#fff' },
    })
      .png()
      .toBuffer()
    await withFile(leader, answer.location!, 'form', huge)
    await drainFlow()
    assert.include((await leader.get(answer.location!)).text, '画素が多すぎます')
  })

  test('that is handed in again while places are looked for is the one that counts', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug, name: '市民クラブ', client: 'welfare' })
    const path = `/services/${slug}/draft/form`
    await leader.get(`/services/${slug}/draft`)
    await withFile(leader, path, 'form', await cityForm('CITY CLUB'))
    const look = await leader.get(`/services/${slug}/draft/publication`)
    assert.include(look.text, 'いま探しています')
    const { id } = await BlankForm.findByOrFail('slug', slug)
    const first = findPlaces(id)
    const second = await cityForm('CITY GARDEN')
    await withFile(leader, path, 'form', second)
    await first
    await drainFlow()
    assert.isDefined((await draft()).files.ownPaper)
    assert.isTrue((await draftPaper(slug))!.file.equals(second))
    assert.isNull(await BlankForm.findBy('slug', slug))
  }).timeout(60_000)
})
