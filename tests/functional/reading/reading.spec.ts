import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { openPicture } from '#app/reading/gray_image'
import { findForm } from '#app/reading/paper_form'
import { readPicture, type Reader } from '#app/reading/read_picture'
import { Recognizer } from '#app/reading/recognizer'
import { shippedRules } from '#app/reading/shipped_rules'
import { sample } from '#tests/support/given'

async function theReader(): Promise<Reader> {
  return {
    find: findForm,
    recognizer: await app.container.make(Recognizer),
    rules: await shippedRules(),
  }
}

test.group('Reading a scanned form', () => {
  test('finds form, version, page and corners, and reads the marks', async ({ assert }) => {
    const reader = await theReader()
    let marks = 0
    let digits = 0
    let digitFields = 0
    for (const seed of [31, 32, 33, 34]) {
      const { pages, values } = await sample(seed)
      for (const [index, jpeg] of pages.entries()) {
        const result = await readPicture(await openPicture(jpeg), reader)
        if (!result.ok) return assert.fail(result.reason)
        assert.deepInclude(result.code, { service: 'vaccination', version: 1, page: index + 1 })
        assert.isBelow(result.page.residualMm, 0.5)
        for (const field of result.fields) {
          // What is offered is right: a wrong value that nobody looks at is the worst.
          if (field.decision === 'offer')
            assert.equal(field.value, values[field.key], `${field.key} of seed ${seed}`)
          else assert.isDefined(field.reason)
          if (['vaccines', 'asked_by', 'companion', 'type_size'].includes(field.key)) {
            assert.equal(field.value, values[field.key], `${field.key} of seed ${seed}`)
            marks++
          }
          if (['voucher_number', 'postcode', 'birth_date'].includes(field.key)) {
            digitFields++
            if (field.value === values[field.key]) digits++
          }
        }
      }
    }
    assert.equal(marks, 16)
    // Handwriting: more right than wrong, or the cells are cut in the wrong places.
    assert.isAbove(digits / digitFields, 0.3)
  }).timeout(120_000)

  test('lays a page out as printed from any side', async ({ assert }) => {
    const reader = await theReader()
    const { default: sharp } = await import('sharp')
    const { pages } = await sample(35)
    const upsideDown = await sharp(pages[0]).rotate(180).jpeg().toBuffer()
    const result = await readPicture(await openPicture(upsideDown), reader)
    assert.isTrue(result.ok)
    if (result.ok) assert.isBelow(result.page.residualMm, 0.5)
  })

  test('does not read a page whose corners are missing', async ({ assert }) => {
    const reader = await theReader()
    const { default: sharp } = await import('sharp')
    const { pages } = await sample(36)
    const half = await sharp(pages[0])
      .extract({ left: 0, top: 0, width: 1654, height: 1100 })
      .jpeg()
      .toBuffer()
    assert.deepEqual(await readPicture(await openPicture(half), reader), {
      ok: false,
      reason: 'too_few_markers',
    })
  })
})
