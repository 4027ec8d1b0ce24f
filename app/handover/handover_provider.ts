import type { ApplicationService } from '@adonisjs/core/types'
import { Connectors } from '#app/handover/connectors'

/** Binds the connectors to digital services. */
export default class HandoverProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.singleton(Connectors, async () => {
      const { BookingConnector } = await import('#app/handover/booking_connector')
      const { RideConnector } = await import('#app/handover/ride_connector')
      const { DeliveryConnector } = await import('#app/handover/delivery_connector')
      return new Connectors([new BookingConnector(), new RideConnector(), new DeliveryConnector()])
    })
  }
}
