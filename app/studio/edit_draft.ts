import { rulesOf, wishesOf, type ServiceHandover } from '#app/catalog/handover_rules'
import type { EntryGroup, Field, ServiceFiles, Text } from '#app/catalog/description'
import type { GuideExample } from '#app/catalog/keying_guide'

/** A definition with a field put into a group: in its old place there, or at the end. */
export function putField(
  files: ServiceFiles,
  groupKey: string,
  field: Field,
  guide: Text
): ServiceFiles {
  const groups = files.groups.map((group) => {
    const at = group.fields.findIndex((one) => one.key === field.key)
    const fields = group.fields.filter((one) => one.key !== field.key)
    if (group.key !== groupKey) return { ...group, fields }
    return { ...group, fields: fields.toSpliced(at < 0 ? fields.length : at, 0, field) }
  })
  const hints = { ...files.guide.fields, [field.key]: guide }
  return { ...files, groups, guide: { ...files.guide, fields: hints } }
}

/** Whether the rest of the definition can't do without a field. A wish less is no loss, as long as one is left. */
export function isNeeded({ handover, person }: ServiceFiles, key: string): boolean {
  const rules = rulesOf(handover)
  const wishes = wishesOf(handover)
  return (
    rules.facts(handover).some((fact) => person[fact] === key) ||
    rules.fields(handover).includes(key) ||
    (wishes.length === 1 && wishes.includes(key))
  )
}

function withoutWish(handover: ServiceHandover, key: string): ServiceHandover {
  const wishes = wishesOf(handover)
  if (wishes.length < 2) return handover
  return { ...handover, wishes: wishes.filter((wish) => wish !== key) }
}

/** A definition without a field, and without what is said about it elsewhere. */
export function removeField(files: ServiceFiles, key: string): ServiceFiles {
  const hints = Object.fromEntries(
    Object.entries(files.guide.fields).filter(([field]) => field !== key)
  )
  const examples = files.guide.examples?.filter((example) => example.field !== key)
  const { ownPaper, roster } = files
  const places = ownPaper?.places.map((place) =>
    place.field === key ? { ...place, field: undefined, option: undefined } : place
  )
  return {
    ...files,
    ...(ownPaper && places ? { ownPaper: { ...ownPaper, places } } : {}),
    ...(roster
      ? {
          roster: {
            fields: roster.fields.filter((field) => field !== key),
            marked: roster.marked.filter(({ field }) => field !== key),
          },
        }
      : {}),
    handover: withoutWish(files.handover, key),
    person: Object.fromEntries(Object.entries(files.person).filter(([, field]) => field !== key)),
    groups: files.groups.map((group) => ({
      ...group,
      fields: group.fields.filter((field) => field.key !== key),
    })),
    guide: {
      ...files.guide,
      fields: hints,
      ...(examples ? { examples } : {}),
    },
  }
}

/** A definition with another example in its keying guide, after those of the same field. */
export function addExample(files: ServiceFiles, example: GuideExample): ServiceFiles {
  const examples = [...removeExample(files, example).guide.examples!, example]
  return { ...files, guide: { ...files.guide, examples } }
}

/** A definition without one example. */
export function removeExample(
  files: ServiceFiles,
  { field, picture }: Pick<GuideExample, 'field' | 'picture'>
): ServiceFiles {
  const examples = (files.guide.examples ?? []).filter(
    (one) => one.field !== field || one.picture !== picture
  )
  return { ...files, guide: { ...files.guide, examples } }
}

/** A definition with a field one place further up or down, into the neighboring group where it stood at the edge. */
export function moveField(files: ServiceFiles, key: string, by: -1 | 1): ServiceFiles {
  const groups = files.groups.map((group) => ({ ...group, fields: [...group.fields] }))
  const from = groups.findIndex((group) => group.fields.some((field) => field.key === key))
  if (from < 0) return files
  const at = groups[from].fields.findIndex((field) => field.key === key)
  const [field] = groups[from].fields.splice(at, 1)
  const to = at + by
  const neighbor = groups[from + by]
  if (to >= 0 && to <= groups[from].fields.length) groups[from].fields.splice(to, 0, field)
  else if (neighbor) neighbor.fields.splice(by < 0 ? neighbor.fields.length : 0, 0, field)
  else groups[from].fields.splice(at, 0, field)
  return { ...files, groups }
}

/** A definition with a group's title, page and rule for home work changed; a group that is new comes last. */
export function putGroup(files: ServiceFiles, group: Omit<EntryGroup, 'fields'>): ServiceFiles {
  const known = files.groups.some((one) => one.key === group.key)
  return {
    ...files,
    groups: known
      ? files.groups.map((one) => (one.key === group.key ? { ...one, ...group } : one))
      : [...files.groups, { ...group, fields: [] }],
  }
}

/** A definition with a group one place further up or down. */
export function moveGroup(files: ServiceFiles, key: string, by: -1 | 1): ServiceFiles {
  const from = files.groups.findIndex((group) => group.key === key)
  const to = from + by
  if (from < 0 || to < 0 || to >= files.groups.length) return files
  return { ...files, groups: files.groups.toSpliced(from, 1).toSpliced(to, 0, files.groups[from]) }
}

/** A definition without a group, as long as no field stands in it. */
export function removeGroup(files: ServiceFiles, key: string): ServiceFiles {
  return {
    ...files,
    groups: files.groups.filter((group) => group.key !== key || group.fields.length > 0),
  }
}

/** A definition without its empty groups: a group without fields can't be printed or keyed. */
export function withoutEmptyGroups(files: ServiceFiles): ServiceFiles {
  return { ...files, groups: files.groups.filter((group) => group.fields.length > 0) }
}

/** Returns what is published of a draft: groups with fields, and places that are for something. */
export function asPublished(files: ServiceFiles): ServiceFiles {
  const { ownPaper, ...rest } = withoutEmptyGroups(files)
  if (!ownPaper) return rest
  const places = ownPaper.places.filter((place) => place.field || place.secret)
  return { ...rest, ownPaper: { ...ownPaper, places } }
}
