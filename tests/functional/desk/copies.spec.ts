import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import Service from '#app/catalog/service'
import { openPicture } from '#app/reading/gray_image'
import { findForm } from '#app/reading/paper_form'
import { readPicture } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { shippedRules } from '#app/reading/shipped_rules'
import { demoRegister } from '#app/samples/demo_register'
import { asScan } from '#tests/support/city_form'
import { reset } from '#tests/support/reset'
import { rasterize } from '#app/core/rasterize'
import { seedRegister } from '#database/seeders/demo'
import { Visitor } from '#tests/support/visitor'

test.group('Forms to give out', (group) => {
  group.each.setup(reset)

  test('bear the name and number of who is in the register, and are read by their own code', async ({
    assert,
  }) => {
    await seedRegister()
    const service = await Service.findByOrFail('slug', 'vaccination')
    const desk = await Visitor.loggedIn('madoguchi')
    const [, line] = new TextDecoder('utf-8').decode(demoRegister().full).split('\n')
    const number = /\d{10}/.exec(line)![0]
    await desk.get('/desk/copies')
    const answer = await desk.post('/desk/copies', { service_id: service.id, number, count: '1' })
    assert.equal(answer.headers.get('content-type'), 'application/pdf')
    const [front] = await rasterize(answer.body, 200)
    const result = await readPicture(await openPicture(await asScan(front, 200)), {
      find: findForm,
      recognizer: await app.container.make(Recognizer),
      rules: await shippedRules(),
    })
    assert.isTrue(result.ok)
    if (!result.ok) return
    assert.match(result.code.copy, /^[1-9A-Z]/)
    const read = result.fields.find((field) => field.key === 'voucher_number')
    assert.equal(read?.value, number)
    assert.equal(read?.decision, 'offer')
  }).timeout(60_000)

  test('are blank without a number, and refused for one that nobody has', async ({ assert }) => {
    const service = await Service.findByOrFail('slug', 'vaccination')
    const desk = await Visitor.loggedIn('madoguchi')
    await desk.get('/desk/copies')
    const blank = await desk.post('/desk/copies', { service_id: service.id, count: '2' })
    assert.lengthOf(await rasterize(blank.body, 40), 4)
    const wrong = { service_id: service.id, count: '1', number: '9999999999' }
    const refused = await desk.post('/desk/copies', wrong)
    assert.equal(refused.status, 422)
    assert.include(refused.text, '名簿にいません')
    assert.include(refused.text, '9999999999')
    const operator = await Visitor.loggedIn('operator1')
    assert.equal((await operator.get('/desk/copies')).status, 404)
  })
})
