import { BlankFormSchema } from '#database/schema'
import type { BlankRefusal } from '#app/reading/layout/read_blank'

/** A city's own form that was handed in for a draft, until the places on it are found. */
export default class BlankForm extends BlankFormSchema {
  declare state: 'received' | 'refused'
  declare reason: BlankRefusal | null
}
