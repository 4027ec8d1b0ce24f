import type { RosterRules } from '#app/catalog/on_roster'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import type { KeyingGuide } from '#app/catalog/keying_guide'
import type { ScriptStep } from '#app/catalog/script_steps'

/** The frozen description of a service version. Lengths in mm from the page's top left corner. */

export interface Text {
  ja: string
  en: string
}

export interface Option {
  value: string
  label: Text
}

export interface Field {
  key: string
  /** the name of a registered kind */
  kind: string
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
  /** ruled lines in a box of several */
  lines?: number
  /** options as boxes to be ticked, or as words to be circled (丸囲み) */
  marks?: 'boxes' | 'words'
  /** stands small beside the label, for who fills it in */
  hint?: Text
  /** the last digit is a check digit */
  check?: 'luhn'
  options?: Option[]
  /** somebody's birth date: never one that is still to come; told by the description's `person` */
  isBirth?: boolean
}

/**
 * The place where an entry group may be keyed. `never`: at the center only; `alone`: at home, but never together with
 * another such group of the same person or envelope; `free`: tells nothing about who it is.
 */
export type HomeRule = 'never' | 'alone' | 'free'

/** By whom a group is keyed: one person; the machine where it may, and one person; two people. Nobody sees another's. */
export const KEYINGS = ['one', 'machine', 'two'] as const

export interface EntryGroup {
  key: string
  page: number
  home: HomeRule
  /** as the bases of its service say, where it isn't said: with the machine if that is one of them, else two people */
  keying?: (typeof KEYINGS)[number]
  /** what the keyers disagree on is keyed by a third person before the leader decides */
  third?: boolean
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

/** Fields about the person who asks, by what they tell. A service asks only for what it needs. */
export interface PersonFields {
  kana?: string
  phone?: string
  askedBy?: string
  watchword?: string
  number?: string
  name?: string
  birthDate?: string
  postcode?: string
  address?: string
  typeSize?: string
  wants?: string
}

export const PERSON_FIELDS = [
  'number',
  'kana',
  'name',
  'birthDate',
  'phone',
  'postcode',
  'address',
  'askedBy',
  'watchword',
  'typeSize',
  'wants',
] as const satisfies (keyof PersonFields)[]

/** Reasons for which a value may stand. */
export const BASES = [
  'agreed',
  'read_back',
  'adjudicated',
  'corrected',
  'single',
  'machine',
] as const

/** A place where something is written: a box, one cell of a comb, or the box of one option. */
export interface Zone extends Area {
  field: string
  part: 'box' | 'cell' | 'option'
  /** of an option: a word to be circled instead of a box to be ticked */
  shape?: 'word'
  /** number of the cell, from 0 */
  index?: number
  option?: string
}

/** mm */
export type Blackout = Area

/** A rectangle on a page, mm. */
export interface Area {
  page: number
  x: number
  y: number
  width: number
  height: number
}

/**
 * The kinds of places to write in or mark on a form that a city already has. `box`: text; `comb`: cells for a character
 * each; `tick`: a box to be ticked; `circle`: a printed word to be circled.
 */
export const PLACE_KINDS = ['box', 'comb', 'tick', 'circle'] as const

export type PlaceKind = (typeof PLACE_KINDS)[number]

/** A place on a form that a city already has, and what it was found to be for. */
export interface Place extends Area {
  id: string
  kind: PlaceKind
  /** of a comb */
  cells?: number
  /** what is printed there or beside it */
  label: string
  /** the field that is written here; none yet, or none at all */
  field?: string
  /** of a tick or a circle: the option that it stands for */
  option?: string
  /** a My Number is written here: it is blacked out before anything of the page is kept */
  secret?: boolean
}

/** A form that a city already has: its places stand instead of what our own form template would print. */
export interface OwnPaper {
  pages: PageSize[]
  /** by how much each page of the file was set upright before its places were measured; degrees, clockwise */
  turned?: number[]
  places: Place[]
}

/** The area of the page that is shown to who keys a group. */
export interface GroupArea extends Area {
  group: string
}

/** Words of a letter by staff: plain text with placeholders from an allow-list. */
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
  form: {
    title: Text
    intro: Text
    closing: Text
    /** a box for the My Number, which is blacked out before anything of the page is kept */
    numberBox?: { page: number; label: Text }
    /** how hard words are read: printed small above them */
    furigana?: { word: string; reading: string }[]
    /** the last third of the last page shows where to send it, in the window of an envelope */
    returnAddress?: boolean
  }
  /** a form that the city already has, instead of one of ours */
  ownPaper?: OwnPaper
  groups: EntryGroup[]
  handover: ServiceHandover
  person: PersonFields
  guide: KeyingGuide
  replies: {
    version: number
    letters: Record<string, LetterText>
    /** letters that go by e-mail to who wants that; all others go on paper */
    mailed?: string[]
  }
  callScript: { ja: string[]; en: string[] }
  /** what the list of a day shows */
  roster?: RosterRules
  /** what is said while somebody is helped, by step of the visit */
  deskScript?: Partial<Record<ScriptStep, { ja: string[]; en: string[] }>>
}

/** mm */
export interface PageSize {
  width: number
  height: number
}

export interface Description extends ServiceFiles {
  pageCount: number
  pages: PageSize[]
  /** of what the blank pages look like: other print makes another version */
  printHash: string
  zones: Zone[]
  areas: GroupArea[]
  /** what is blacked out in the picture of a page before it is kept */
  blackouts?: Blackout[]
}
