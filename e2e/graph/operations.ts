/** The operations that the scenarios share. */

export const becomeSeller = /* GraphQL */ `
  mutation ($input: BecomeSellerInput!) {
    becomeSeller(input: $input) { __typename ... on Seller { id } ... on SellerRefusal { code message } }
  }
`;

export const createProduct = /* GraphQL */ `
  mutation ($input: CreateProductInput!) {
    createProduct(input: $input) {
      __typename
      ... on Product { id variants { id sku } }
      ... on ProductRefusal { code message }
    }
  }
`;

export const adjustStock = /* GraphQL */ `
  mutation ($input: AdjustStockInput!) {
    adjustStock(input: $input) {
      __typename
      ... on ProductVariant { id availability { available } }
      ... on AdjustStockRefusal { code message }
    }
  }
`;

export const availability = /* GraphQL */ `
  query ($id: ID!) { product(id: $id) { variants { id availability { available inStock } } } }
`;

export const addToCart = /* GraphQL */ `
  mutation ($input: CartLineInput!) {
    addToCart(input: $input) {
      __typename
      ... on Cart { lines { quantity title } total { amount currency } }
      ... on CartRefusal { code message }
    }
  }
`;

export const readCart = '{ cart { lines { quantity variant { id } } total { amount currency } } }';

export const placeOrder = /* GraphQL */ `
  mutation ($input: PlaceOrderInput!) {
    placeOrder(input: $input) {
      __typename
      ... on Order { id number status total { amount currency } }
      ... on PlaceOrderRefusal { code message }
    }
  }
`;

export const cancelOrder = /* GraphQL */ `
  mutation ($orderId: ID!) {
    cancelOrder(orderId: $orderId, reason: "Changed my mind") {
      __typename
      ... on Order { id status }
      ... on CancelOrderRefusal { code message }
    }
  }
`;

export const shipShipment = /* GraphQL */ `
  mutation ($input: ShipInput!) {
    shipShipment(input: $input) { __typename ... on Shipment { id status } ... on ShipmentRefusal { code message } }
  }
`;

export const cancelShipment = /* GraphQL */ `
  mutation ($shipmentId: ID!) {
    cancelShipment(shipmentId: $shipmentId, reason: "None left") {
      __typename
      ... on Shipment { id status givenBack { amount } }
      ... on CancelShipmentRefusal { code message }
    }
  }
`;

export const cancelLine = /* GraphQL */ `
  mutation ($orderId: ID!, $variantId: ID!, $quantity: Int!) {
    cancelLine(orderId: $orderId, variantId: $variantId, quantity: $quantity, reason: "Too many") {
      __typename
      ... on Order { id status }
      ... on CancelLineRefusal { code field message }
    }
  }
`;

export const confirmDelivery = /* GraphQL */ `
  mutation ($shipmentId: ID!) {
    confirmDelivery(shipmentId: $shipmentId) { __typename ... on Shipment { id status } ... on ShipmentRefusal { code message } }
  }
`;

export const readOrder = /* GraphQL */ `
  query ($id: ID!) {
    order(id: $id) {
      id number status failureReason
      total { amount currency }
      buyer { name email }
      payment { status amount { amount } refunded { amount } }
      lines { quantity title variant { sku product { title } availability { inStock } } }
      shipments { id status carrier seller { displayName } }
      timeline { sequence type at }
    }
  }
`;

export const follow = /* GraphQL */ `
  subscription ($orderId: ID!, $afterSequence: Int) {
    orderStatusChanged(orderId: $orderId, afterSequence: $afterSequence) {
      sequence
      status
      at
      order {
        status
        buyer { name }
        payment { status }
        shipments { id status }
        lines { quantity variant { title product { title } availability { inStock } } }
      }
    }
  }
`;

export const wallet = '{ me { wallet { balance { amount currency } pending { amount } } } }';
