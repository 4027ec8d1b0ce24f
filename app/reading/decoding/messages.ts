/** Messages between parent and decoding child: a file in, pages out. Bytes travel as they are. */

/** A reason to refuse a file; shown to who uploaded it, with what to do. */
export type Refusal =
  | 'empty'
  | 'too_large'
  | 'not_a_scan'
  | 'broken'
  | 'password'
  | 'too_many_pages'
  | 'too_many_pixels'
  /** takes more memory than any scan needs */
  | 'too_heavy'
  /** takes longer than any scan needs */
  | 'too_slow'

export interface DecodeRequest {
  file: Uint8Array
  /** a blank form: finer pictures, with what is printed where */
  blank?: boolean
  /** pages before this one aren't asked for */
  from?: number
  /** nor pages after this one */
  max?: number
}

/** One printed character; mm from the page's top left corner. */
export interface PrintedCharacter {
  text: string
  /** the place that the type takes, with the space around its strokes */
  x: number
  y: number
  width: number
  height: number
  /** the strokes themselves */
  ink: PrintedBox
}

/** A rectangle on a page; mm. */
export interface PrintedBox {
  x: number
  y: number
  width: number
  height: number
}

/** A field of a form that can be filled in on a screen. */
export interface NamedField extends PrintedBox {
  /** what it calls itself; empty where it doesn't */
  name: string
}

export interface PrintedPage {
  /** mm; A4 upright where the file doesn't say */
  widthMm: number
  heightMm: number
  characters: PrintedCharacter[]
  fields: NamedField[]
}

/** The parent has put a page away and takes the next. */
export interface PageTaken {
  taken: number
}

export type DecodeAnswer =
  /** the file is there, and is about to be opened: what happened before wasn't its fault */
  | { kind: 'begun' }
  | {
      kind: 'page'
      number: number
      /** JPEG; of a blank form PNG */
      jpeg: Uint8Array
      width: number
      height: number
      /** px per inch of the picture, where the file tells */
      dpi: number | null
      printed?: PrintedPage
    }
  /** `pages`: of the whole file; `rssMb`: what the child has grown to */
  | { kind: 'done'; pages: number; rssMb: number }
  | { kind: 'refused'; reason: Refusal }
