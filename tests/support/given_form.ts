import db from '@adonisjs/lucid/services/db'
import { drainFlow } from '#app/flow/sweeper'
import type { FormPlace } from '#app/replies/enclosures/form_place'
import { blankPdf } from '#tests/support/blank_pdf'
import type { Visitor } from '#tests/support/visitor'

/** Hands an empty form in, and has its places found. */
export async function handInForm(client: Visitor, template: string, file: Buffer) {
  const form = new FormData()
  form.set('form', new Blob([new Uint8Array(file)]), 'form.pdf')
  const answer = await client.post(`${template}/form`, form)
  await drainFlow()
  return answer
}

/** Finds the places of the form that can be changed. */
export async function placesOf(): Promise<FormPlace[]> {
  const form = await db.from('enclosed_forms').whereNot('state', 'kept').firstOrFail()
  return form.places
}

/** Says what comes into the place of a label. */
export async function namePlace(client: Visitor, template: string, label: string, said = {}) {
  const place = (await placesOf()).find((one) => one.label.includes(label))!
  const { x, y, width, height } = place
  const area = { x: String(x), y: String(y), width: String(width), height: String(height) }
  return client.post(`${template}/form/places/${place.id}`, {
    ...{ word: label, shape: place.kind, ...area },
    ...said,
  })
}

/** Letters of a template go with a form that takes name, address and telephone. */
export async function givenForm(client: Visitor, template: string): Promise<string> {
  await handInForm(client, template, await blankPdf())
  await namePlace(client, template, '氏名')
  await namePlace(client, template, '住所')
  await namePlace(client, template, '電話番号', { optional: 'true' })
  const { location } = await client.post(`${template}/form/use`)
  if (location !== template) throw new Error('The form was not taken')
  return template
}
