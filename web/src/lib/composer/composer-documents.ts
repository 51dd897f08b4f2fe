import { graphql } from '#lib/gql/index.ts';

export const showTyping = graphql(`
  mutation ShowTyping($input: ShowTypingInput!) {
    showTyping(input: $input) {
      userErrors {
        code
      }
    }
  }
`);

export const readPrice = graphql(`
  query ReadPrice($input: MessagePriceInput!) {
    messagePrice(input: $input) {
      amount
      currency
      category
      priceType
    }
  }
`);
