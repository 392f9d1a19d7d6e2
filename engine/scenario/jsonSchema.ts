/** As much of JSON Schema (draft 7) as public/schema/ uses. */
export interface JsonSchema {
  title?: string
  description?: string
  type?: string
  properties?: { [field: string]: JsonSchema }
  required?: string[]
  additionalProperties?: boolean
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  /** One of several objects, told apart by a field with a `const`. */
  oneOf?: JsonSchema[]
  anyOf?: JsonSchema[]
  const?: unknown
  enum?: readonly unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  pattern?: string
  minLength?: number
  maxLength?: number
  $schema?: string
}
