/** A condition of a script's line: the channel, somebody asking for another person, or where a letter may follow. */
export const CONDITION = /^@(phone|counter|family|mail) /

export interface ScriptSituation {
  channel: string
  /** somebody asks for another person */
  forAnother: boolean
  /** whether mail goes to the person at all */
  mail: boolean
}

/** Words that promise paper, in scripts from before there was `@mail`. */
const PROMISES_PAPER = /(紙|手紙|はがき|書類)[をもは、]*お?送り|letter (?:will follow|follows)/i
/** Questions that swindlers ask: no caller of the city does, whatever an older script says. */
const ASKS_SECRETS =
  /\{birthday\}|(生まれた|生年月日|口座|暗証|マイナンバー|個人番号|接種券の番号).*(お願い|教え|うかが|言って|どうぞ)|month and day of birth|date of birth\b.*please/i

/** The lines that are said in a situation, without their conditions. */
export function linesFor(lines: string[], situation: ScriptSituation): string[] {
  return lines.flatMap((line) => {
    let text = line
    for (let found = CONDITION.exec(text); found; found = CONDITION.exec(text)) {
      if (!isMet(found[1], situation)) return []
      text = text.replace(CONDITION, '')
    }
    if (situation.mail) return [text]
    const said = text
      .split(/(?<=。)/)
      .filter((sentence) => !PROMISES_PAPER.test(sentence))
      .join('')
    return said === '' ? [] : [said]
  })
}

/** The lines of an outgoing call: none asks for what only the resident and the city know. */
export function callLines(lines: string[], mail: boolean): string[] {
  return linesFor(
    lines.filter((line) => !ASKS_SECRETS.test(line)),
    { channel: 'phone', forAnother: false, mail }
  )
}

/** Whether a script for outgoing calls asks what swindlers ask: the line that does. */
export function asksSecrets(lines: string[]): string | undefined {
  return lines.find((line) => ASKS_SECRETS.test(line))
}

function isMet(condition: string, { channel, forAnother, mail }: ScriptSituation): boolean {
  if (condition === 'family') return forAnother
  if (condition === 'mail') return mail
  return condition === channel
}
