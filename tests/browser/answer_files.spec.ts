import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { accept, givenBatch, rows } from '#tests/support/given_batch'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Files of an answer', (group) => {
  let screens: Screens
  group.each.setup(reset)
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })

  test('are listed as soon as they are there, beside what is being typed', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const batch = await givenBatch(leader, { table: rows(2), kind: { files: '1' } })
    const at = await accept(await Visitor.loggedIn('operator1'), batch)
    const page = await screens.of('operator1')
    await page.goto(at)
    await page.fill('[name="values[f1]"]', '青嶺')
    const named = (name: string) => ({ name, mimeType: 'image/png', buffer: Buffer.from('絵') })
    await page.setInputFiles('#files', [named('看板.png'), named('入口.png')])
    await page.locator('[data-uploads] li', { hasText: '入口.png' }).waitFor()
    assert.equal(await page.inputValue('[name="values[f1]"]'), '青嶺')
    await page.click('[data-uploads] li:has-text("入口.png") button')
    await page.locator('[data-uploads] li', { hasText: '入口.png' }).waitFor({ state: 'detached' })
    assert.equal(await page.inputValue('[name="values[f1]"]'), '青嶺')
    await page.click('button[data-main]')
    await page.waitForURL((url) => url.pathname !== at)
    const kept = await db.from('answer_files').whereNotNull('answer_id')
    assert.lengthOf(kept, 1)
    assert.deepEqual(screens.scriptErrors, [])
  })
})
