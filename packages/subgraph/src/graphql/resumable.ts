/** Tells the gateway how to go on with a subscription after an interruption: set `argument` to the last `from`. */
export const resumable = `
  extend schema
    @link(url: "https://specs.emporium.dev/resumable/v1.0", import: ["@resumable"])
    @composeDirective(name: "@resumable")

  directive @resumable(argument: String!, from: String!) on FIELD_DEFINITION
`;
