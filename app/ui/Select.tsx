import { Select as S } from 'radix-ui'
import { Icon } from './Icon.tsx'

export interface SelectProps<T extends string> {
  label: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange(value: T): void
}

/** One of many. Values must not be empty strings. */
export function Select<T extends string>({ label, value, options, onChange }: SelectProps<T>) {
  return (
    <S.Root value={value} onValueChange={(v) => onChange(v as T)}>
      <S.Trigger className="button select-trigger" aria-label={label}>
        <S.Value />
        <S.Icon asChild>
          <Icon name="chevron" size={14} />
        </S.Icon>
      </S.Trigger>
      <S.Portal>
        <S.Content className="select-list" position="popper" sideOffset={4}>
          <S.Viewport>
            {options.map((o) => (
              <S.Item key={o.value} value={o.value} className="select-item">
                <S.ItemText>{o.label}</S.ItemText>
              </S.Item>
            ))}
          </S.Viewport>
        </S.Content>
      </S.Portal>
    </S.Root>
  )
}
