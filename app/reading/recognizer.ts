import type { Box, GrayImage } from '#app/reading/gray_image'

export interface ReadText {
  text: string
  /** 0 to 1; the engine's own belief, which does not tell right from wrong by itself */
  confidence: number
}

/** A printed character, and the line that it stands in; px. */
export interface LocatedCharacter {
  text: string
  box: Box
  line: Box
}

export interface ReadOptions {
  /** `digits`: nothing but digits stands there; `block`: several lines */
  expects: 'line' | 'block' | 'digits'
}

/** A text engine. Bound in the provider; another one can be put in its place. */
export abstract class Recognizer {
  abstract readonly engine: string
  abstract readonly version: string

  /** Reads a picture that has been cut, cleaned and given a white margin. Never called for an empty one. */
  abstract read(image: GrayImage, options: ReadOptions): Promise<ReadText>

  /** Reads the print of a whole page, and says where each character stands; an engine that can't finds nothing. */
  async locate(_page: GrayImage): Promise<LocatedCharacter[]> {
    return []
  }

  abstract close(): Promise<void>
}
