import { test } from '@japa/runner'
import { FACE_FILES } from '#app/replies/glyphs'
import { rasterize } from '#app/core/rasterize'
import { typeset, TypesetFailed } from '#app/core/typesetter'
import { blankPdf } from '#tests/support/blank_pdf'
import { pagesOf, placedWords } from '#tests/support/pdf_text'

/** Two letters, the first of two pages. */
const SOURCE = `#set page(width: 210mm, height: 297mm)
#metadata((from: 1, to: 2)) <letter> first letter #pagebreak() still the first
#pagebreak() #metadata((from: 3, to: 3)) <letter> second letter`

const PT = 72 / 25.4
const word = (text: string) => ({
  ...{ page: 1, x: 100 * PT, y: 50 * PT, size: 12, face: 0 },
  text,
})

async function enclosed(form: Buffer, pieces: [string | null, string | null]) {
  return typeset(
    { source: SOURCE },
    {},
    {
      apart: ['letter'],
      enclosing: {
        ...{ label: 'letter', forms: [{ pdf: form, pages: [] }], faces: FACE_FILES },
        pieces: pieces.map((one) => (one ? { form: 0, drawn: [word(one)], foot: '7 ABC' } : null)),
      },
    }
  )
}

test.group('A form behind a letter', () => {
  test('follows its own letter, filled in, and is there once', async ({ assert }) => {
    const form = await blankPdf({ pages: 2 })
    const { pdf, pages } = await enclosed(form, ['青嶺花子', '山田太郎'])
    assert.equal(pages, 7)
    const said = await pagesOf(pdf)
    assert.deepEqual(
      said.map((page) => page.includes('交付申請書')),
      [false, false, true, true, false, true, true]
    )
    assert.include(said[2], '青嶺花子')
    assert.include(said[2], '7ABC')
    assert.notInclude(said[3], '青嶺花子')
    assert.include(said[5], '山田太郎')
    const none = await enclosed(form, [null, '山田太郎'])
    assert.equal(none.pages, 5)
    // However many letters it follows.
    assert.isBelow(pdf.length, none.pdf.length + 5_000)
  })

  test('is filled in where it is looked at, however its page is turned: {$self}')
    .with([0, 90, 180, 270] as const)
    .run(async ({ assert }, turned) => {
      const { pdf } = await enclosed(await blankPdf({ turned }), ['青嶺花子', null])
      const [placed] = await placedWords(pdf, ['青嶺花子'], 3)
      assert.closeTo(placed.left, 100 * PT, 2)
      assert.closeTo(placed.bottom, 50 * PT, 3)
      const [title] = await placedWords(pdf, ['交付申請書'], 3)
      const across = title.right - title.left > title.bottom - title.top
      assert.equal(across, turned % 180 === 0)
    })

  test('is printed as large as its places were measured on', async ({ assert }) => {
    const half = { width: 105 * PT, height: 148.5 * PT }
    const { pdf } = await typeset(
      { source: SOURCE },
      {},
      {
        apart: ['letter'],
        enclosing: {
          ...{ label: 'letter', faces: FACE_FILES },
          forms: [{ pdf: await blankPdf(), pages: [half] }],
          pieces: [{ form: 0, drawn: [word('青嶺花子')], foot: '' }, null],
        },
      }
    )
    const [, , page] = await rasterize(pdf, 72)
    assert.closeTo(page.width, half.width, 1)
    assert.closeTo(page.height, half.height, 1)
    const [placed, title] = await placedWords(pdf, ['青嶺花子', '交付申請書'], 3)
    assert.closeTo(placed.left, 100 * PT, 2)
    assert.closeTo(title.left, (85 * PT) / 2, 2)
  })

  test('has a line around an option, and nothing over it', async ({ assert }) => {
    const form = await blankPdf()
    const circle = { page: 1, x: 100 * PT, y: 200 * PT, rx: 20, ry: 10 }
    const { pdf } = await typeset(
      { source: SOURCE },
      {},
      {
        apart: ['letter'],
        enclosing: {
          ...{ label: 'letter', forms: [{ pdf: form, pages: [] }], faces: FACE_FILES },
          pieces: [{ form: 0, drawn: [circle], foot: '' }, null],
        },
      }
    )
    const { data, width } = (await rasterize(pdf, 72))[2]
    const dark = (x: number, y: number) => data[Math.round(y) * width + Math.round(x)] < 160
    assert.isFalse(dark(circle.x, circle.y))
    const beside = [-1, 0, 1].some((by) => dark(circle.x - circle.rx + by, circle.y))
    assert.isTrue(beside)
  })

  test('shows its fields empty where it has its own', async ({ assert }) => {
    const { pdf } = await enclosed(await blankPdf({ fields: true }), ['青嶺花子', null])
    assert.include((await pagesOf(pdf))[2], '青嶺花子')
  })

  test('is refused where it can’t be filled in: {name}')
    .with([
      { name: 'drawn by a program', form: () => blankPdf({ xfa: true }) },
      { name: 'behind a password', form: () => blankPdf({ password: 'aone' }) },
      { name: 'no PDF', form: async () => Buffer.from('%PDF-1.7 and nothing more') },
    ])
    .run(async ({ assert }, { form }) => {
      const file = await form()
      const error = await enclosed(file, ['青嶺花子', null]).catch((one: unknown) => one)
      assert.instanceOf(error, TypesetFailed)
    })
})
