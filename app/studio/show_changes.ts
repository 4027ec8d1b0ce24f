import type { I18n } from '@adonisjs/i18n'
import type { ServiceFiles } from '#app/catalog/description'
import { descriptionParts } from '#app/catalog/description_part'
import { namesIn, sayer, type Outlined } from '#app/catalog/outline'

/** A field, a group, a letter or a side of a service that changes, in the words of the screens. */
export interface ShownChange {
  title: string
  is: 'new' | 'gone' | 'changed'
  /** what it says otherwise; nothing of what is new or gone as a whole */
  parts: { label: string; before: string; after: string }[]
}

/** Says in the words of the screens what another definition changes. */
export function showChanges(
  before: ServiceFiles | null,
  after: ServiceFiles,
  i18n: I18n,
  locale: 'ja' | 'en'
): ShownChange[] {
  // What has another name only is that everywhere, and no change of what refers to it.
  const names = new Map([...(before ? namesIn(before, locale) : []), ...namesIn(after, locale)])
  const old = before ? outline(before, i18n, names) : new Map<string, Outlined>()
  const next = outline(after, i18n, names)
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((id): ShownChange[] => {
    const [was, becomes] = [old.get(id), next.get(id)]
    const { title } = (becomes ?? was)!
    if (!was) return [{ title, is: 'new', parts: [] }]
    if (!becomes) return [{ title, is: 'gone', parts: [] }]
    const said = [new Map(was.parts), new Map(becomes.parts)]
    const parts = [...new Set(said.flatMap((one) => [...one.keys()]))]
      .map((label) => ({
        label,
        before: said[0].get(label) ?? '',
        after: said[1].get(label) ?? '',
      }))
      .filter((part) => part.before !== part.after)
    return parts.length > 0 ? [{ title, is: 'changed', parts }] : []
  })
}

/** Everything that a definition says, by thing. */
function outline(
  files: ServiceFiles,
  i18n: I18n,
  names: ReadonlyMap<string, string>
): Map<string, Outlined> {
  const say = sayer((key, data) => i18n.t(key, data), names)
  const things = descriptionParts.all().flatMap((part) => part.outline(files, say))
  return new Map(things.map((thing) => [thing.id, thing]))
}
