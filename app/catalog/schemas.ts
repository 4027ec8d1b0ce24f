import vine from '@vinejs/vine'

/** Limits that nobody's form exceeds: it is typeset before anybody looks at it. */
export const MAX = { pages: 20, groups: 60, fields: 300, options: 100, places: 2000 }

/** Pieces of which definitions are made; each call makes a new one. */
export const schemas = {
  page: () => vine.number().min(1).max(MAX.pages).withoutDecimals(),
  text: () => vine.object({ ja: vine.string(), en: vine.string() }),
  key: () => vine.string().regex(/^[a-z][a-z0-9_]*$/),
  script: () => vine.object({ ja: vine.array(vine.string()), en: vine.array(vine.string()) }),
}
