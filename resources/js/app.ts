/** Small modules that make pages quicker to work with; pages work without them where that is possible. */
import { countDown } from './keep_alive'
import { followChannels } from './live'
import { moveByEnter } from './keying'
import { sendOnce } from './send_once'
import { shortcuts } from './shortcuts'
import { uploadByDrop } from './upload'

sendOnce()
moveByEnter()
shortcuts()
uploadByDrop()
followChannels()
countDown()
