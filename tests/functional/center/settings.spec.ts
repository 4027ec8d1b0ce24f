import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { zipSync } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { newWatchword } from '#app/desk/visits/watchword'
import Calendar from '#app/bookings/calendar'
import { today } from '#app/core/clock'
import { addDays, addWorkingDays } from '#app/core/japanese_calendar'
import { settings } from '#app/core/settings'
import { givenSubmission } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Settings', (group) => {
  group.each.setup(reset)

  test('are changed on a screen, hold at once, and say who changed them', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    const page = (await admin.get('/settings')).text
    for (const { key } of settings.all()) assert.include(page, `values[${key}]`)
    assert.include(page, 'SEALING_KEYS')
    assert.notInclude(page, process.env.APP_KEY!)
    const { location } = await admin.post('/settings', { 'values[tasks_lease_minutes]': '30' })
    assert.equal(location, '/settings')
    assert.include((await admin.get('/settings')).text, '中村 誠さんが')
    const event = await db.from('events').where('verb', 'setting.changed').firstOrFail()
    assert.deepEqual(event.detail, { name: 'tasks.lease_minutes', from: 10, to: 30 })

    await givenSubmission()
    const operator = await Visitor.loggedIn('operator1')
    await operator.get('/work')
    await operator.post('/work/assignments', {})
    const { minutes } = await db
      .from('assignments')
      .select(db.raw('round(extract(epoch from expires_at - now()) / 60)::int as minutes'))
      .firstOrFail()
    assert.equal(minutes, 30)
    await admin.post('/settings', { 'values[tasks_lease_minutes]': '10' })
    assert.lengthOf(await db.from('settings'), 0)
  })

  test('that can’t be taken change nothing, and are shown as they were typed', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const refused = await admin.post('/settings', {
      'values[tasks_lease_minutes]': '30',
      'values[desk_hold_minutes]': '1000',
      'values[exports_kept_days]': '二週間',
    })
    assert.equal(refused.status, 422)
    assert.include(refused.text, '1 から 60 までです')
    assert.include(refused.text, 'value="二週間"')
    assert.lengthOf(await db.from('settings'), 0)
    assert.equal((await (await Visitor.loggedIn('leader')).get('/settings')).status, 404)
  })

  test('lose nothing that somebody else has set since the page was loaded', async ({ assert }) => {
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/settings', { 'values[desk_counters]': '1 総合窓口' })
    const stale = {
      'seen[desk_counters]': '',
      'values[desk_counters]': '',
      'seen[letterhead_office]': '',
      'values[letterhead_office]': '市民課',
    }
    // Whoever didn't touch it leaves it as it is; who did is told.
    assert.equal((await admin.post('/settings', stale)).status, 302)
    const counters = () => db.from('settings').where('name', 'desk.counters').firstOrFail()
    assert.equal((await counters()).text, '1 総合窓口')
    const refused = await admin.post('/settings', {
      ...stale,
      'values[desk_counters]': '2 かんたん窓口',
    })
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'ほかの人が変えました')
    assert.equal((await counters()).text, '1 総合窓口')
  })

  test('of words are refused for what is wrong with them, and nothing else is kept', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const refusals: [key: string, typed: string, says: string][] = [
      ['desk_watchwords', 'あさがお\nひまわり', '8つ以上'],
      ['desk_watchwords', 'アサガオ', 'ひらがな'],
      ['desk_watchwords', 'うめ', '受付番号に使うことば'],
      ['desk_counters', 'かんたん窓口', '番号、空白、名前'],
      ['desk_counters', '1 総合\n1 かんたん', '同じ番号'],
      ['center_holidays', '2027-02-30 休み', 'ある日付'],
      ['letterhead_postcode', '39-1', '390-0001'],
      ['letterhead_phone', '電話', '0263-00-0001'],
      ['letterhead_office', '葛\u{E0100}城課', '印刷できない字'],
      ['letterhead_office', '一行\n二行', '1行で'],
      ['letterhead_office', '長'.repeat(121), '長すぎます'],
    ]
    for (const [key, typed, says] of refusals) {
      const refused = await admin.post('/settings', {
        [`values[${key}]`]: typed,
        'values[letterhead_city]': '青嶺市',
      })
      assert.equal(refused.status, 422, typed)
      assert.include(refused.text, says)
      assert.lengthOf(await db.from('settings'), 0)
    }
  })

  test('postcodes are replaced by Japan Post’s file, packed or not, whole or not at all', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const count = async () => Number((await db.from('postcodes').count('* as count'))[0].count)
    const before = await db.from('postcodes')
    const csv = readFileSync(app.makePath('resources/postcodes/sample.csv'))
    const send = async (name: string, content: Uint8Array) => {
      const form = new FormData()
      form.set('file', new Blob([new Uint8Array(content)]), name)
      return admin.post('/postcodes', form)
    }
    const [first, second] = csv.toString('utf8').split(/\r?\n/)
    assert.equal((await send('a.csv', Buffer.from(`${first}\n`))).location, '/postcodes')
    assert.equal(await count(), 1)
    const broken = await send('a.csv', Buffer.from(`${first}\n${second.replaceAll(/\d/g, 'x')}\n`))
    assert.equal(broken.status, 422)
    assert.include(broken.text, '2 行目')
    for (const nothing of [Buffer.from('PK'), zipSync({ 'a.txt': new Uint8Array([1]) })])
      assert.equal((await send('a.zip', nothing)).status, 422)
    assert.equal(await count(), 1)
    const packed = zipSync({ 'utf_ken_all.csv': new Uint8Array(csv) })
    assert.equal((await send('a.zip', packed)).location, '/postcodes')
    assert.equal(await count(), before.length)
    assert.include(
      (await admin.get('/postcodes')).text,
      `いま ${before.length.toLocaleString()} 件`
    )
    assert.equal((await (await Visitor.loggedIn('leader')).get('/postcodes')).status, 404)
  })

  test('a day on which the center is closed and a calendar still open is named', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const slot = await db
      .from('slots')
      .join('calendars', 'calendars.id', 'slots.calendar_id')
      .where('calendars.kind', 'places')
      .whereRaw('slots.starts_at > current_date + 9 and slots.closed_at is null')
      .orderBy('slots.starts_at')
      .select('slots.calendar_id', db.raw(`to_char(slots.starts_at, 'YYYY-MM-DD') as day`))
      .firstOrFail()
    const page = `/calendars/${slot.calendar_id}/days/${slot.day}`
    const ofDay = () => db.from('slots').whereRaw('starts_at::date = ?', [slot.day])
    const isNamed = async () => (await admin.get('/settings')).text.includes(page)
    assert.isFalse(await isNamed())
    await admin.post('/settings', { 'values[center_holidays]': `${slot.day} 市制記念日` })
    assert.isTrue(await isNamed())
    await ofDay().update({ closed_at: new Date() })
    assert.isFalse(await isNamed())
    await ofDay().update({ closed_at: null })
    const calendar = await Calendar.findOrFail(slot.calendar_id)
    const { rules } = calendar
    await calendar.merge({ rules: { ...rules, openOnHolidays: true } }).save()
    assert.isFalse(await isNamed())
    await calendar.merge({ rules }).save()
  })

  test('of words reach who they are for: residents, the hall, new services, calendars', async ({
    assert,
  }) => {
    const admin = await Visitor.loggedIn('admin')
    const words = [
      'あじさい',
      'かきつばた',
      'せきれい',
      'ひぐらし',
      'ほおずき',
      'むらさき',
      'やまぶき',
      'ゆきわり',
    ]
    const closed = addDays(today(), 40)
    const { status } = await admin.post('/settings', {
      'values[desk_watchwords]': words.join('\r\n'),
      'values[desk_counters]': '2 かんたん窓口',
      'values[center_holidays]': `${closed} 市制記念日`,
      'values[letterhead_city]': '青嶺市',
      'values[letterhead_phone]': '0263-00-9999',
    })
    assert.equal(status, 302)
    assert.include(words, await newWatchword(db))

    const desk = await Visitor.loggedIn('madoguchi')
    await desk.post('/tickets')
    assert.include((await desk.get('/desk')).text, '2 かんたん窓口')
    await desk.post('/tickets/calls', { counter: '2' })
    assert.include((await desk.get('/tickets/display')).text, 'かんたん窓口')

    await admin.post('/services', { slug: 'census', name: '調査', client: 'health' })
    const draft = await db.from('service_drafts').where('slug', 'census').firstOrFail()
    assert.include(draft.files.contact, {
      city: '青嶺市',
      phone: '0263-00-9999',
      office: '青嶺市 健康課',
    })

    const everyDay = Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
        [`day_${day}`, 'yes'],
        [`from_${day}`, '09:00'],
        [`to_${day}`, '09:00'],
      ])
    )
    const common = {
      kind: 'seats',
      every_minutes: '60',
      capacity: '1',
      open_days: '45',
      ...everyDay,
    }
    const daysOf = async (slug: string, extra: Record<string, string>) => {
      const made = await admin.post('/calendars', { ...common, slug, name_ja: slug, ...extra })
      const rows = await db
        .from('slots')
        .where('calendar_id', made.location!.replace('/calendars/', ''))
        .select(db.raw(`to_char(starts_at, 'YYYY-MM-DD') as day`))
      return rows.map((row: { day: string }) => row.day)
    }
    const open = { open_on_holidays: 'yes', turn_from: '12-31', turn_to: '01-01' }
    assert.notInclude(await daysOf('closed', { turn_from: '12-31', turn_to: '01-01' }), closed)
    const always = await daysOf('always', open)
    assert.equal(always.includes(closed), !['12-31', '01-01'].includes(closed.slice(5)))
    const friday = '2027-04-02'
    assert.equal(addWorkingDays(friday, 1, new Set(['2027-04-05'])), '2027-04-06')

    await admin.post('/settings', { 'values[desk_watchwords]': '' })
    assert.lengthOf(await db.from('settings').where('name', 'desk.watchwords'), 0)
    const event = await db
      .from('events')
      .where('verb', 'setting.changed')
      .orderBy('sequence')
      .firstOrFail()
    assert.sameMembers(Object.keys(event.detail), ['name', 'added', 'removed'])
  })
})
