import db from '@adonisjs/lucid/services/db'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import { test } from '@japa/runner'
import { FORM_GEOMETRY } from '#app/catalog/form_geometry'
import { formCodeText, MASTER_PREFIX, parseFormCode } from '#app/catalog/form_code'
import { publishService } from '#app/catalog/publish_service'
import { describe } from '#app/catalog/lay_out'
import { readServiceFiles } from '#app/catalog/service_files'
import { typesetForm } from '#app/catalog/typeset_form'
import { readFormCode } from '#app/reading/read_form_code'
import { rasterize } from '#app/core/rasterize'
import { FOLDED, WINDOW } from '#app/core/window_envelope'
import { vaccination } from '#tests/support/given'

test.group('Publishing a service', () => {
  test('freezes geometry with the description, and publishes unchanged files once', async ({
    assert,
  }) => {
    const { service, version } = await vaccination()
    const files = await readServiceFiles('vaccination')
    const trx = await db.transaction()
    try {
      const same = await publishService(files, service.clientId, trx)
      assert.equal(same.id, version.id)
      const taller = structuredClone(files)
      taller.groups[0].fields[0].height += 4
      const next = await publishService(taller, service.clientId, trx)
      assert.equal(next.number, version.number + 1)
      assert.notEqual(next.hash, version.hash)
    } finally {
      await trx.rollback()
    }
    const frozen = (await vaccination()).version
    assert.deepEqual(frozen.description.zones, version.description.zones)
    assert.isAtLeast(version.fields.length, 14)
    assert.lengthOf(version.description.groups, 5)
  })

  test('refuses a form that has no room on its page', async ({ assert }) => {
    const files = await readServiceFiles('vaccination')
    const crowded = structuredClone(files)
    crowded.groups.forEach((group) => (group.page = 1))
    await assert.rejects(() => describe(crowded), /doesn't fit/)
  })

  test('prints each copy with codes of its own for each side', async ({ assert }) => {
    const files = await readServiceFiles('vaccination')
    const copies = ['ACDE', `${MASTER_PREFIX}FHJ`]
    const { pdf, pages } = await typesetForm(files, 1, copies)
    assert.equal(pages, 4)
    const library = await PDFiumLibrary.init()
    const document = await library.loadDocument(pdf)
    const read: string[] = []
    for (let index = 0; index < pages; index++) {
      const [width, height] = [1654, 2339]
      const { data } = await document
        .getPage(index)
        .render({ colorSpace: 'Gray', scale: 1, width, height, render: 'bitmap' })
      const result = await readFormCode({ data, width, height })
      read.push(result.ok ? `${result.code.copy}/${result.code.page}` : result.reason)
    }
    document.destroy()
    library.destroy()
    assert.deepEqual(read, ['ACDE/1', 'ACDE/2', '0FHJ/1', '0FHJ/2'])
  })

  test('shows where to return it in the window of an envelope, and nothing else', async ({
    assert,
  }) => {
    const files = await readServiceFiles('vaccination')
    const last = (await rasterize((await typesetForm(files, 1, ['0'])).pdf)).at(-1)!
    const perMm = last.width / FORM_GEOMETRY.pageWidth
    const top = FORM_GEOMETRY.pageHeight - FOLDED
    const ink = (x: number, y: number, width: number, height: number) => {
      let dark = 0
      for (let row = Math.round((top + y) * perMm); row < (top + y + height) * perMm; row++)
        for (let column = Math.round(x * perMm); column < (x + width) * perMm; column++)
          if (last.data[row * last.width + column] < 128) dark++
      return dark
    }
    const { x, y, width, height } = WINDOW
    assert.isAbove(ink(x, y, width, height), 1000)
    // As far as a folded sheet (210 × 99 mm) can shift in its envelope (235 × 120 mm).
    const [aside, along] = [21, 15]
    assert.equal(ink(x - aside + 6, y - along, width + 2 * aside - 6, along), 0)
    assert.equal(ink(x - aside + 6, y + height, width + 2 * aside - 6, along), 0)
    assert.equal(ink(x + width, y, aside, height), 0)
    const crowded = structuredClone(files)
    crowded.groups.at(-1)!.fields[0].height += 12
    await assert.rejects(() => describe(crowded), /doesn't fit/)
    crowded.form.returnAddress = false
    assert.equal((await describe(crowded)).pageCount, 2)
  })

  test('does not take another installation’s paper for ours', ({ assert }) => {
    const text = formCodeText({ service: 'vaccination', version: 1, page: 1, copy: 'ACDE' })
    assert.deepInclude(parseFormCode(text), {
      service: 'vaccination',
      version: 1,
      page: 1,
      copy: 'ACDE',
    })
    assert.isNull(parseFormCode(text.replace(/^HW1\/[0-9A-F]+/, 'HW1/000000')))
    assert.isNull(parseFormCode('https://example.com'))
  })
})
