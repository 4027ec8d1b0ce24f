/** Small modules that make pages quicker to work with; pages work without them where that is possible. */
import { lookAgain } from './again'
import { askFirst } from './ask'
import { chime } from './chime'
import { drawCharts } from './charts'
import { copyValues } from './copy'
import { watchSigns } from './keep_alive'
import { turnLeaves } from './leaves'
import { countHold } from './hold'
import { showForKind } from './field_kinds'
import { showFileFields } from './file_fields'
import { filterChoices } from './filter_choices'
import { followChannels, followUploads } from './live'
import { guardIme } from './ime'
import { moveByEnter } from './keying'
import { movePlaces } from './places'
import { offerPasskeys } from './passkeys'
import { listenByKeys } from './player'
import { drawPreviews } from './preview'
import { printInPlace } from './print'
import { focusProblem } from './problems'
import { showWhereOneIs } from './rail'
import { returnByItself } from './return'
import { sendOnce } from './send_once'
import { scanCodes } from './scan'
import { lockScreen } from './lock'
import { guardSession } from './session'
import { shortcuts } from './shortcuts'
import { sortTables } from './sort_tables'
import { guardUnsaved } from './unsaved'
import { turnScreen } from './turn'
import { showWaiting } from './waiting'
import { uploadByDrop } from './upload'

guardIme()
askFirst()
lookAgain()
drawPreviews()
guardSession()
lockScreen()
offerPasskeys()
scanCodes()
sendOnce()
moveByEnter()
copyValues()
listenByKeys()
movePlaces()
showForKind()
filterChoices()
showFileFields()
sortTables()
showWhereOneIs()
shortcuts()
printInPlace()
turnScreen()
countHold()
chime()
focusProblem()
returnByItself()
uploadByDrop()
guardUnsaved()
followChannels()
followUploads()
watchSigns()
turnLeaves()
showWaiting()
void drawCharts()
