/** What the demo says to the gateway: any client could paste these. */

export const searchProducts = /* GraphQL */ `
  query Search($query: String!) {
    search(query: $query, first: 1) {
      edges { node { title seller { displayName } variants { id sku price { amount currency } availability { available } } } }
    }
  }
`;

export const addToCart = /* GraphQL */ `
  mutation AddToCart($input: CartLineInput!) {
    addToCart(input: $input) {
      __typename
      ... on Cart { lines { title quantity } total { amount currency } }
      ... on CartRefusal { code message }
    }
  }
`;

export const placeOrder = /* GraphQL */ `
  mutation PlaceOrder($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on Order { id number status total { amount currency } }
      ... on PlaceOrderRefusal { code message }
    }
  }
`;

export const followOrder = /* GraphQL */ `
  subscription Follow($orderId: ID!, $afterSequence: Int) {
    orderStatusChanged(orderId: $orderId, afterSequence: $afterSequence) {
      sequence
      status
      at
      order {
        buyer { name }
        payment { status amount { amount currency } }
        lines { quantity variant { title availability { available } } }
        shipments { id status carrier trackingNumber }
      }
    }
  }
`;

export const shipShipment = /* GraphQL */ `
  mutation Ship($input: ShipInput!) {
    shipShipment(input: $input) { __typename ... on Shipment { id status } ... on ShipmentRefusal { code message } }
  }
`;

export const confirmDelivery = /* GraphQL */ `
  mutation ConfirmDelivery($shipmentId: ID!) {
    confirmDelivery(shipmentId: $shipmentId) { __typename ... on Shipment { id status } ... on ShipmentRefusal { code message } }
  }
`;

export const sellerWallet = /* GraphQL */ `
  query { me { name wallet { balance { amount currency } } } }
`;
