import { servicePart } from '#app/catalog/parts/service_part'
import { ownPaperPart } from '#app/catalog/parts/own_paper_part'
import { groupPart } from '#app/catalog/parts/group_part'
import { personPart } from '#app/catalog/parts/person_part'
import { guidePart } from '#app/catalog/parts/guide_part'
import { descriptionParts } from '#app/catalog/description_part'
import { accountHolder } from '#app/catalog/fields/account_holder'
import { accountNumber } from '#app/catalog/fields/account_number'
import { address } from '#app/catalog/fields/address'
import { branch } from '#app/catalog/fields/branch'
import { choice } from '#app/catalog/fields/choice'
import { date } from '#app/catalog/fields/date'
import { digits } from '#app/catalog/fields/digits'
import { eraDate } from '#app/catalog/fields/era_date'
import { kana } from '#app/catalog/fields/kana'
import { money } from '#app/catalog/fields/money'
import { name } from '#app/catalog/fields/name'
import { phone } from '#app/catalog/fields/phone'
import { picture } from '#app/catalog/fields/picture'
import { postcode } from '#app/catalog/fields/postcode'
import { seal } from '#app/catalog/fields/seal'
import { signature } from '#app/catalog/fields/signature'
import { text } from '#app/catalog/fields/text'
import { ticks } from '#app/catalog/fields/ticks'
import { wish } from '#app/catalog/fields/wish'
import { yuchoNumber } from '#app/catalog/fields/yucho_number'
import { yuchoSymbol } from '#app/catalog/fields/yucho_symbol'
import { longText } from '#app/catalog/fields/long_text'
import { fieldKinds, screenKinds } from '#app/catalog/fields/field_kind'

/** Registers the parts of a definition, and the kinds of fields in the order in which they are offered. */
export function registerCatalog(): void {
  descriptionParts.register(servicePart, ownPaperPart, groupPart, personPart, guidePart)
  fieldKinds.register(
    kana,
    name,
    eraDate,
    date,
    digits,
    money,
    postcode,
    address,
    phone,
    ticks,
    choice,
    wish,
    text,
    seal,
    signature,
    picture,
    branch,
    accountNumber,
    accountHolder,
    yuchoSymbol,
    yuchoNumber
  )
  screenKinds.register(longText)
}
