import db from '@adonisjs/lucid/services/db'
import type { Place } from '#app/catalog/description'
import { drainFlow } from '#app/flow/sweeper'
import ServiceDraft from '#app/studio/service_draft'
import type { Visitor } from '#tests/support/visitor'

/** Takes away what a test made: other tests count services and read pages without a code. */
export async function forgetService(slug: string): Promise<void> {
  await db.from('service_drafts').delete()
  const services = () => db.from('services').where('slug', slug).select('id')
  await db.from('service_versions').whereIn('service_id', services()).delete()
  await db.from('services').where('slug', slug).delete()
}

export async function withFile(
  visitor: Visitor,
  path: string,
  part: string,
  content: Buffer
): Promise<Awaited<ReturnType<Visitor['post']>>> {
  const form = new FormData()
  form.set(part, new Blob([new Uint8Array(content)]), 'paper.pdf')
  return visitor.post(path, form)
}

/** A new service on a city's own form: the form is uploaded, its places are found. */
export async function beginOnForm(leader: Visitor, slug: string, form: Buffer): Promise<Place[]> {
  await leader.get('/services')
  await leader.post('/services', { slug, name: '市民クラブ', client: 'welfare' })
  await leader.get(`/services/${slug}/draft`)
  const answer = await withFile(leader, `/services/${slug}/draft/form`, 'form', form)
  const waiting = await leader.get(answer.location!)
  if (!waiting.text.includes('書く場所を探しています'))
    throw new Error(`The form was refused: ${answer.status} ${waiting.text}`)
  await drainFlow()
  const { ownPaper } = (await ServiceDraft.findOrFail(slug)).files
  const found = await leader.get(`/services/${slug}/draft/form`)
  if (!ownPaper || !found.text.includes(`書く場所を${ownPaper.places.length}か所見つけました`))
    throw new Error(`Nothing was found: ${found.text}`)
  return ownPaper.places
}
