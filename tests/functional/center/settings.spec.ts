import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
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
})
