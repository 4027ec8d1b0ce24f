/** The frozen description of a service version. Lengths in mm from the page's top left corner. */

export interface Text {
  ja: string
  en: string
}

export type FieldKindName =
  | 'kana'
  | 'name'
  | 'era_date'
  | 'digits'
  | 'postcode'
  | 'address'
  | 'phone'
  | 'ticks'
  | 'choice'
  | 'wish'
  | 'text'

export interface Option {
  value: string
  label: Text
}

export interface Field {
  key: string
  kind: FieldKindName
  label: Text
  required: boolean
  /** Helps to tell who the person is. */
  linkable?: boolean
  /** mm; boxes of one line or more */
  width?: number
  /** mm */
  height: number
  /** how many cells a comb of digits has */
  cells?: number
  /** the last digit is a check digit */
  check?: 'luhn'
  options?: Option[]
}

/**
 * Where an entry group may be keyed. `never`: at the center only; `alone`: at home, but never together
 * with another such group of the same person or envelope; `free`: tells nothing about who it is.
 */
export type HomeRule = 'never' | 'alone' | 'free'

export interface EntryGroup {
  key: string
  page: number
  home: HomeRule
  label: Text
  fields: Field[]
}

export interface Contact {
  city: string
  office: string
  postcode: string
  address: string
  phone: string
  fax: string
  hours: string
}

/** Which field tells what about the person who asks. */
export interface PersonFields {
  number: string
  kana: string
  name: string
  birthDate: string
  phone: string
  postcode: string
  address: string
  watchword: string
  typeSize: string
  askedBy: string
  wants: string
}

export interface BookingHandover {
  connector: 'booking'
  calendar: string
  /** fields of wished times, the dearest first */
  wishes: string[]
  dose: string
  /** yen by option */
  prices: Record<string, number>
}

/** A place where something is written: a box, one cell of a comb, or the box of one option. */
export interface Zone {
  field: string
  part: 'box' | 'cell' | 'option'
  /** number of the cell, from 0 */
  index?: number
  option?: string
  page: number
  x: number
  y: number
  width: number
  height: number
}

/** The area of the page that is shown to who keys a group. */
export interface GroupArea {
  group: string
  page: number
  x: number
  y: number
  width: number
  height: number
}

export interface KeyingGuide {
  general: { ja: string[]; en: string[] }
  fields: Record<string, Text>
}

/** What staff write: plain text with placeholders from an allow-list. */
export interface LetterText {
  documentNumber: string
  sender: string
  title: string
  paragraphs: string[]
  highlight: string
  lead: string
  items: string[]
  closing: string[]
}

export interface ServiceFiles {
  slug: string
  client: string
  name: Text
  homeWorkAgreed: boolean
  enoughBases: string[]
  contact: Contact
  form: { title: Text; intro: Text; closing: Text }
  groups: EntryGroup[]
  handover: BookingHandover
  person: PersonFields
  guide: KeyingGuide
  replies: { version: number; letters: Record<string, LetterText> }
  callScript: { ja: string[]; en: string[] }
}

export interface Description extends ServiceFiles {
  pageCount: number
  zones: Zone[]
  areas: GroupArea[]
}
