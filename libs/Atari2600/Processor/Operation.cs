namespace DqnAspire.Atari2600.Processor;

/// <summary>
/// What an instruction does. Names are the mnemonics of the manual; those of undocumented instructions are the ones of
/// "64doc" (J. West, M. Makela).
/// </summary>
internal enum Operation : byte
{
    Adc,
    And,
    Asl,
    Bcc,
    Bcs,
    Beq,
    Bit,
    Bmi,
    Bne,
    Bpl,
    Brk,
    Bvc,
    Bvs,
    Clc,
    Cld,
    Cli,
    Clv,
    Cmp,
    Cpx,
    Cpy,
    Dec,
    Dex,
    Dey,
    Eor,
    Inc,
    Inx,
    Iny,
    Jmp,
    Jsr,
    Lda,
    Ldx,
    Ldy,
    Lsr,
    Nop,
    Ora,
    Pha,
    Php,
    Pla,
    Plp,
    Rol,
    Ror,
    Rti,
    Rts,
    Sbc,
    Sec,
    Sed,
    Sei,
    Sta,
    Stx,
    Sty,
    Tax,
    Tay,
    Tsx,
    Txa,
    Txs,
    Tya,

    /// <summary>AND, then bit 7 to the carry.</summary>
    Anc,

    /// <summary>A = (A OR constant) AND X AND operand.</summary>
    Ane,

    /// <summary>AND, then ROR with its own flags.</summary>
    Arr,

    /// <summary>AND, then LSR.</summary>
    Asr,

    /// <summary>DEC, then CMP.</summary>
    Dcp,

    /// <summary>INC, then SBC.</summary>
    Isb,

    /// <summary>Stops the processor until the next reset.</summary>
    Kil,

    /// <summary>A, X and S = operand AND S.</summary>
    Las,

    /// <summary>LDA and LDX.</summary>
    Lax,

    /// <summary>A and X = (A OR constant) AND operand.</summary>
    Lxa,

    /// <summary>ROL, then AND.</summary>
    Rla,

    /// <summary>ROR, then ADC.</summary>
    Rra,

    /// <summary>Stores A AND X.</summary>
    Sax,

    /// <summary>X = (A AND X) - operand.</summary>
    Sbx,

    /// <summary>Stores A AND X AND (high byte of the address + 1).</summary>
    Sha,

    /// <summary>S = A AND X; stores S AND (high byte of the address + 1).</summary>
    Shs,

    /// <summary>Stores X AND (high byte of the address + 1).</summary>
    Shx,

    /// <summary>Stores Y AND (high byte of the address + 1).</summary>
    Shy,

    /// <summary>ASL, then ORA.</summary>
    Slo,

    /// <summary>LSR, then EOR.</summary>
    Sre,
}
