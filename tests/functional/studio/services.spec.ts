import { test } from '@japa/runner'
import { unzipSync, zipSync, strFromU8, strToU8 } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import { NO_COMPANIONS } from '#app/studio/companions/companions'
import { inOwnCity } from '#app/studio/own_city'
import { readServiceFiles } from '#app/catalog/service_files'
import { person } from '#tests/support/given'
import { Visitor } from '#tests/support/visitor'

async function versionsOf(slug: string): Promise<number[]> {
  const rows: { number: number }[] = await db
    .from('service_versions')
    .join('services', 'services.id', 'service_versions.service_id')
    .where('services.slug', slug)
    .orderBy('number')
    .select('number')
  return rows.map((row) => row.number)
}

/** What a test made is taken away: other tests count services. */
async function forget(slug: string): Promise<void> {
  await db.from('service_drafts').where('slug', slug).delete()
  const services = () => db.from('services').where('slug', slug).select('id')
  await db.from('service_versions').whereIn('service_id', services()).delete()
  await db.from('services').where('slug', slug).delete()
}

test.group('Defining a service', (group) => {
  group.each.teardown(async () => {
    await forget('garden')
    await db.from('service_drafts').delete()
  })

  test('goes from a name to a published form without files or code', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    const begun = await leader.post('/services', {
      slug: 'garden',
      name: '市民農園の申込',
      client: 'welfare',
    })
    assert.equal(begun.location, '/services/garden/draft')
    await leader.get('/services/garden/draft/fields/new')
    const field = {
      key: 'plot',
      group: 'person',
      kind: 'choice',
      label: '区画の広さ',
      height: '11',
      marks: 'words',
      options: 'small, せまい, Small\nlarge, ひろい, Large',
      guide: '丸で囲んであるもの',
    }
    const kept = await leader.post('/services/garden/draft/fields/new', field)
    assert.equal(kept.location, '/services/garden/draft')
    assert.include((await leader.get('/services/garden/draft')).text, '区画の広さ')
    const preview = await leader.get('/services/garden/draft/pages/1')
    assert.equal(preview.headers.get('content-type'), 'image/png')
    assert.isAbove(preview.body.length, 10_000)
    const before = await leader.get('/services/garden/draft/publication')
    assert.include(before.text, '項目「区画の広さ」')
    const published = await leader.post('/services/garden/draft/publication')
    assert.equal(published.location, '/services/garden')
    assert.deepEqual(await versionsOf('garden'), [1])
    assert.equal((await leader.get('/services/garden/pages/1')).status, 200)
  }).timeout(60_000)

  test('keeps what was typed when a field lacks something, and says what', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft/fields/new')
    const answer = await leader.post('/services/garden/draft/fields/new', {
      key: 'plot',
      group: 'person',
      kind: 'choice',
      label: '区画の広さ',
      height: '11',
    })
    assert.equal(answer.status, 422)
    assert.include(answer.text, '選択肢を入れてください')
    assert.include(answer.text, '区画の広さ')
  })

  test('keeps a group whose key is given again, and what was typed of the new one', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft')
    const car = { key: 'person', label: '車のこと', page: '2', home: 'free' }
    const taken = await leader.post('/services/garden/draft/groups/new', car)
    assert.equal(taken.status, 422)
    assert.include(taken.text, 'まとまりが、もうあります')
    assert.include(taken.text, 'value="車のこと"')
    // Their addresses, opened again, lead to the next that shows anything.
    const again = await leader.get('/services/garden/draft/groups/new')
    assert.equal(again.location, '/services/garden/draft')
    assert.equal((await leader.get('/services/kits')).status, 200)
    // The words around the boxes are another form of the screen.
    assert.include(taken.text, 'value="市民農園"')
    const groups = async () =>
      (await db.from('service_drafts').where('slug', 'garden').firstOrFail()).files.groups
    assert.deepInclude((await groups())[0], { key: 'person', home: 'never', page: 1 })
    await leader.post('/services/garden/draft/groups/new', { ...car, key: 'car' })
    await leader.post('/services/garden/draft/groups/car/moves', { to: 'up' })
    assert.deepEqual(
      (await groups()).map(({ key }: { key: string }) => key),
      ['car', 'person']
    )
    await leader.post('/services/garden/draft/groups/car/removal')
    await leader.post('/services/garden/draft/groups/person/removal')
    assert.lengthOf(await groups(), 1)
  })

  test('says by whom a group is keyed, and isn’t published where that would never be enough', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft')
    const asked = { label: 'だれか', page: '1', home: 'never' }
    await leader.post('/services/garden/draft/groups/person', {
      ...asked,
      keying: 'machine',
      third: '1',
    })
    const [first] = (await db.from('service_drafts').where('slug', 'garden').firstOrFail()).files
      .groups
    assert.deepInclude(first, { keying: 'machine', third: true })
    const page = await leader.get('/services/garden/draft')
    assert.match(page.text, /value="machine" selected/)
    assert.match(page.text, /name="third" value="1" checked/)
    const before = await leader.get('/services/garden/draft/publication')
    assert.include(before.text, '足りる根拠にならない')
    // What the machine may not key, two people do: their basis is needed beside.
    const saved = await db.from('service_drafts').where('slug', 'garden').firstOrFail()
    await db
      .from('service_drafts')
      .where('slug', 'garden')
      .update({
        files: JSON.stringify({
          ...saved.files,
          enoughBases: ['machine', 'adjudicated', 'corrected'],
        }),
      })
    const alone = await leader.get('/services/garden/draft/publication')
    assert.include(alone.text, '足りる根拠にならない')
    await leader.post('/services/garden/draft/groups/person', { ...asked, keying: '' })
    assert.notInclude(
      (await leader.get('/services/garden/draft/publication')).text,
      '足りる根拠にならない'
    )
  })

  test('loses with another kind what only the kind before had', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft/fields/new')
    const typed = { group: 'person', label: '区画', height: '11', cells: '4' }
    await leader.post('/services/garden/draft/fields/new', {
      ...typed,
      key: 'plot',
      kind: 'digits',
      check: 'true',
    })
    await leader.post('/services/garden/draft/fields/plot', {
      ...typed,
      kind: 'choice',
      check: 'true',
      options: 'small, せまい, Small\nlarge, ひろい, Large',
    })
    const { files } = await db.from('service_drafts').where('slug', 'garden').firstOrFail()
    const plot = files.groups[0].fields.at(-1)
    assert.notProperty(plot, 'cells')
    assert.notProperty(plot, 'check')
    assert.lengthOf(plot.options, 2)
  })

  test('takes what was pasted without the characters that nobody sees', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民\u0000農園', client: 'welfare' })
    await leader.get('/services/garden/draft/fields/phone')
    const answer = await leader.post('/services/garden/draft/fields/phone', {
      group: 'person',
      kind: 'phone',
      label: 'お電話\u0000\u001b',
      height: '12',
      guide: '1行目\n2行目',
    })
    assert.equal(answer.location, '/services/garden/draft')
    const { files } = await db.from('service_drafts').where('slug', 'garden').firstOrFail()
    assert.equal(files.name.ja, '市民農園')
    assert.include(JSON.stringify(files.groups), '"お電話"')
    assert.match(files.guide.fields.phone.ja, /1行目\r?\n2行目/)
  })

  test('keeps a field without which nothing could be booked, and loses a wish', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/vaccination')
    await leader.post('/services/vaccination/draft')
    const phone = '/services/vaccination/draft/fields/phone'
    assert.include((await leader.get(phone)).text, '消せません')
    const kept = await leader.post(`${phone}/removal`)
    assert.equal(kept.status, 422)
    assert.include(kept.text, '消せません')
    const name = await leader.get('/services/vaccination/draft/fields/name')
    assert.include(name.text, 'この項目で「お名前」を見分けています')
    await leader.post('/services/vaccination/draft/fields/wish3/removal')
    const { files } = await db.from('service_drafts').where('slug', 'vaccination').firstOrFail()
    assert.deepEqual(files.handover.wishes, ['wish1', 'wish2'])
    const before = await leader.get('/services/vaccination/draft/publication')
    assert.match(before.text, /なくなる<\/span>\s*項目「第3希望」/)
  }).timeout(60_000)

  test('keeps what was typed of an example whose picture is refused', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft/fields/phone')
    const form = new FormData()
    form.set('keyed', '0263001234')
    form.set('why', '横棒は要りません')
    form.set('picture', new Blob(['no picture']), 'example.png')
    const path = '/services/garden/draft/fields/phone/examples'
    const answer = await leader.post(path, form)
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'value="0263001234"')
    assert.include(answer.text, 'value="横棒は要りません"')
    // The address of what was refused, opened again, leads to the field.
    assert.equal((await leader.get(path)).location, '/services/garden/draft/fields/phone')
  })

  test('keeps its My Number box and its empty fields when the words around it change', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/onestop')
    await leader.post('/services/onestop/draft')
    await leader.get('/services/onestop/draft')
    const kept = await leader.post('/services/onestop/draft/paper', {
      name: 'ワンストップ特例申請',
      title: '申告特例申請書',
      office: 'ふるさと寄附課',
      fax: '',
    })
    assert.equal(kept.location, '/services/onestop/draft')
    const { files } = await db.from('service_drafts').where('slug', 'onestop').firstOrFail()
    assert.equal(files.form.numberBox.page, 2)
    assert.equal(files.contact.fax, '')
  })

  test('never replaces a field by a new one of the same key', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    await leader.get('/services/garden/draft/fields/new')
    const field = {
      key: 'phone',
      group: 'person',
      kind: 'text',
      label: '別の電話',
      height: '12',
      width: '80',
    }
    const answer = await leader.post('/services/garden/draft/fields/new', field)
    assert.equal(answer.status, 422)
    assert.include(answer.text, 'もうあります')
    const lost = await leader.post('/services/garden/draft/fields/phone', {
      ...field,
      group: 'nowhere',
    })
    assert.equal(lost.status, 422)
  })

  test('that doesn’t fit on its page is not published', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services')
    await leader.post('/services', { slug: 'garden', name: '市民農園', client: 'welfare' })
    for (const key of ['one', 'two', 'three']) {
      await leader.get('/services/garden/draft/fields/new')
      await leader.post('/services/garden/draft/fields/new', {
        key,
        group: 'person',
        kind: 'text',
        label: key,
        height: '110',
        width: '150',
      })
    }
    assert.include((await leader.get('/services/garden/draft')).text, 'はみ出しています')
    await leader.get('/services/garden/draft/publication')
    const answer = await leader.post('/services/garden/draft/publication')
    assert.equal(answer.status, 422)
    assert.deepEqual(await versionsOf('garden'), [])
  }).timeout(60_000)

  test('is for the center: a department gets 404', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    assert.equal((await client.get('/services')).status, 404)
    assert.equal((await client.get('/services/vaccination/kit.zip')).status, 404)
  })
})

test.group('A kit', (group) => {
  group.each.teardown(async () => {
    await forget('garden')
    await db.from('service_drafts').delete()
  })

  async function benefitKit(leader: Visitor): Promise<Record<string, Uint8Array>> {
    const answer = await leader.get('/services/benefit/kit.zip')
    return unzipSync(new Uint8Array(answer.body))
  }

  async function send(leader: Visitor, files: Record<string, Uint8Array>) {
    await leader.get('/services')
    const form = new FormData()
    form.append('kit', new Blob([new Uint8Array(zipSync(files))]), 'kit.zip')
    form.set('client', 'welfare')
    return leader.post('/services/kits', form)
  }

  test('holds definition, form and specification, and is taken by another city after a look', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const files = await benefitKit(leader)
    assert.includeMembers(Object.keys(files), [
      'service.json',
      'keying_guide.json',
      'replies.json',
      'call_script.json',
      'form.pdf',
      'specification.pdf',
    ])
    const service = JSON.parse(strFromU8(files['service.json']))
    const renamed = { ...service, slug: 'garden', name: { ja: '農園', en: 'Garden' } }
    const answer = await send(leader, {
      ...files,
      'service.json': strToU8(JSON.stringify(renamed)),
    })
    assert.equal(answer.location, '/services/garden/draft/publication')
    assert.include((await leader.get('/services/garden/draft/publication')).text, '農園')
    await leader.post('/services/garden/draft/publication')
    assert.deepEqual(await versionsOf('garden'), [1])
  }).timeout(60_000)

  test('that comes with the product speaks of one’s own city, as the letterhead has it', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const take = (client: string) =>
      admin.post('/services/kits', { shipped: 'vaccination', client })
    const draft = () => db.from('service_drafts').where('slug', 'vaccination').first()
    const page = await admin.get('/services')
    assert.include(page.text, '<option value="bus"')
    assert.equal(
      (await admin.post('/services/kits', { shipped: '../..', client: 'health' })).status,
      422
    )

    // As it is here already, nothing changes, whatever the letterhead says.
    await admin.post('/settings', {
      'values[letterhead_city]': '海辺市',
      'values[letterhead_postcode]': '399-0001',
      'values[letterhead_address]': '長野県海辺市浜1番',
      'values[letterhead_phone]': '0263-11-1111',
    })
    assert.include((await take('health')).text, '変わるところはありません')
    await db.from('services').where('slug', 'vaccination').update({ slug: 'before' })
    try {
      assert.equal((await take('welfare')).location, '/services/vaccination/draft/publication')
      const { files, brings } = (await draft())!
      assert.deepInclude(files.contact, { city: '海辺市', phone: '0263-11-1111' })
      const text = JSON.stringify({ files: { ...files, contact: null }, brings })
      assert.include(text, '海辺市長')
      assert.include(text, '海辺市保健センター1階')
      assert.notInclude(text, '青嶺市')
      assert.notInclude(text, '0263-00-3110')
      assert.include(
        (await admin.get('/services/vaccination/draft/publication')).text,
        '置きかえました'
      )

      // Of a center that hasn't said where it is, the kit's own stands, and it is said.
      await db.from('service_drafts').delete()
      await db.from('settings').whereLike('name', 'letterhead.%').delete()
      await take('welfare')
      assert.equal((await draft())!.files.contact.city, '青嶺市')
      const told = await admin.get('/services/vaccination/draft/publication')
      assert.include(told.text, 'レターヘッドがない')
      await db.from('service_drafts').delete()
    } finally {
      await db.from('services').where('slug', 'before').update({ slug: 'vaccination' })
    }
  }).timeout(60_000)

  test('names its city where that is meant, and not within the name of another', async ({
    assert,
  }) => {
    const admin = await person('admin')
    await db
      .table('settings')
      .multiInsert(
        Object.entries({ city: '海辺市', address: '浜1番', phone: '0263-11-1111' }).map(
          ([part, text]) => ({ name: `letterhead.${part}`, text, changed_by: admin.id })
        )
      )
    const files = await readServiceFiles('benefit')
    const said = '津市長 長野県津市 大津市の津市'
    const kit = {
      ...files,
      slug: 'other',
      contact: { ...files.contact, city: '津市' },
      callScript: { ja: [said], en: [] },
    }
    const taken = await inOwnCity(kit, NO_COMPANIONS, 'welfare')
    assert.deepEqual(taken.files.callScript.ja, ['海辺市長 長野県海辺市 大津市の海辺市'])
  })

  test('that says the same as here changes nothing', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const answer = await send(leader, await benefitKit(leader))
    assert.include(answer.text, '変わるところはありません')
    // Nobody is left with a draft that says nothing new.
    assert.isNull(await db.from('service_drafts').where('slug', 'benefit').first())
    // The address of a draft that was published meanwhile leads to its service.
    const gone = await leader.get('/services/benefit/draft/publication')
    assert.equal(gone.location, '/services/benefit')
    assert.include((await leader.get('/services/benefit')).text, 'この下書きは、もうありません')
  }).timeout(60_000)

  test('that is broken is refused in plain words, with the place', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const files = await benefitKit(leader)
    const broken = await send(leader, { ...files, 'replies.json': strToU8('{') })
    assert.equal(broken.status, 422)
    assert.include(broken.text, 'replies.json')
    const replies = JSON.parse(strFromU8(files['replies.json']))
    replies.mailed = ['gone']
    const unwritten = await send(leader, {
      ...files,
      'replies.json': strToU8(JSON.stringify(replies)),
    })
    assert.equal(unwritten.status, 422)
    assert.include(unwritten.text, 'gone')
    await leader.get('/services')
    const form = new FormData()
    form.append('kit', new Blob(['hello']), 'kit.zip')
    form.set('client', 'welfare')
    const foreign = await leader.post('/services/kits', form)
    assert.equal(foreign.status, 422)
    assert.include(foreign.text, 'これはキットのZIPではありません')
    const service = JSON.parse(strFromU8(files['service.json']))
    service.groups[0].page = 5000
    const huge = await send(leader, { ...files, 'service.json': strToU8(JSON.stringify(service)) })
    assert.equal(huge.status, 422)
    assert.include(huge.text, 'groups.0.page')
    service.groups[0].page = 9
    const gap = await send(leader, { ...files, 'service.json': strToU8(JSON.stringify(service)) })
    assert.include(gap.text, '前のページに、何もありません')
    const lacking = { ...files }
    delete lacking['service.json']
    assert.include((await send(leader, lacking)).text, 'service.json')
  }).timeout(60_000)
})
