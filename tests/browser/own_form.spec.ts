/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { test } from '@japa/runner'
import ServiceDraft from '#app/studio/service_draft'
import { drainFlow } from '#app/flow/sweeper'
import { Screens } from '#tests/support/chromium'
import { cityForm } from '#tests/support/city_form'
import { reset } from '#tests/support/reset'

test.group("A city's own form", (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)
  group.each.teardown(async () => {
    await ServiceDraft.query().delete()
  })

  test('is waited for, and a place that was moved is not left by mistake', async ({ assert }) => {
    const page = await screens.of('leader')
    await page.goto('/services')
    await page.fill('#name', '市民クラブ')
    await page.fill('#slug', 'club')
    await page.click('form[action="/services"] button')
    await page.waitForURL(/draft$/)
    await page.goto('/services/club/draft/form')
    await page.setInputFiles('#form', {
      name: 'club.pdf',
      mimeType: 'application/pdf',
      buffer: await cityForm('CITY CLUB'),
    })
    await page.click('form[action$="/draft/form"] button')
    await page.getByText('書く場所を探しています').waitFor()
    await drainFlow()
    // The screen finds out by itself.
    await page.click('text=用紙の欄を決める')
    await page.waitForURL(/places/)
    const places = async () => (await ServiceDraft.findOrFail('club')).files.ownPaper!.places
    const [{ id, x }] = (await places()).filter(({ label }) => label === 'Name in kana')
    await page.goto(`/services/club/draft/places?at=${id}`)
    await page.focus('svg [data-chosen]')
    await page.keyboard.press('ArrowRight')
    const asked: string[] = []
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type())
      await dialog.dismiss()
    })
    await page.click('svg a:not([data-chosen]) >> nth=0')
    await page.waitForTimeout(500)
    assert.deepEqual(asked, ['beforeunload'])
    assert.include(page.url(), `at=${id}`)
    await page.selectOption('#what', 'field:name_kana')
    await page.click('.naming button.main')
    await page.waitForURL((url) => !url.href.endsWith(`at=${id}`))
    assert.lengthOf(asked, 1)
    assert.closeTo((await places()).find((one) => one.id === id)!.x, x + 0.5, 0.01)
    const [removed] = (await places()).filter(({ label }) => label === 'Phone')
    await page.goto(`/services/club/draft/places?at=${removed.id}`)
    await page.click('button.danger')
    await page.getByText('欄「Phone」を消しました').waitFor()
    await page.waitForLoadState('load')
    const without = await places()
    await Promise.all([page.waitForEvent('load'), page.click('text=元にもどす')])
    const { width, height, kind, label } = removed
    assert.deepInclude((await places()).at(-1), {
      ...{ x: removed.x, y: removed.y, width, height, kind, label },
    })
    assert.lengthOf(await places(), without.length + 1)
    await page.goto('/services/club/draft/publication')
    assert.deepEqual(screens.scriptErrors, [])
  }).timeout(90_000)
})
