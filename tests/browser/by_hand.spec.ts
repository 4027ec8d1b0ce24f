/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { Screens } from '#tests/support/chromium'
import { givenWaste } from '#tests/support/given_waste'
import { reset } from '#tests/support/reset'

test.group('A site of others', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  test('gets values by copy buttons, and its number is typed twice, never pasted', async ({
    assert,
  }) => {
    const { id } = await givenWaste()
    const page = await screens.of('operator1')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/work')
    await page.click('main [data-key=n]')
    await page.waitForURL(/assignments/)
    const noted = page.waitForResponse((answer) => answer.url().endsWith('/copies'))
    await page.locator('[data-copy-field=name]').click()
    await noted
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '山田 はるゑ')
    assert.include(await page.locator('[data-copy-field=name]').innerText(), 'コピーしました')
    assert.lengthOf(await db.from('events').where('verb', 'handover.copied'), 1)
    await page.fill('#number', 'S1234-5678')
    await page.focus('#again')
    await page.keyboard.press('Control+V')
    assert.equal(await page.inputValue('#again'), '')
    await page.locator('#again').pressSequentially('S1234-5678')
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.isEmpty(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)]))
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/work$/)
    const handover = await db.from('handovers').where('submission_id', id).firstOrFail()
    assert.equal(handover.reference, 'S1234-5678')
    assert.isEmpty(screens.scriptErrors)
  }).timeout(120_000)
})
