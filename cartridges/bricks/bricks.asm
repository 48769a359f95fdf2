; Bricks - a game for the Atari 2600 with a paddle, after Breakout.
;
; Assemble in this folder: dasm bricks.asm -f3 -obricks.bin
;
; For readers who know C# but not this machine: the processor is a 6507 with three registers of one byte (A, X, Y), 128 bytes of
; RAM and 4096 bytes of program. "lda" loads A and "sta" stores it; "#" marks a number, without it the operand is an address; "$" is
; hexadecimal, "%" binary; "adc" adds with the carry flag, "sbc" subtracts with it as the inverted borrow; "jsr" calls, "rts"
; returns; "bne" branches if the last result was not 0, "bcs" if carry is set; a label that begins with "." belongs to its routine.
;
; There is no frame buffer: the program makes each of the picture's 192 lines in the moment in which the beam draws it. The
; numbers at the right of such code are cycles of the line when the instruction ends: 76 in all, three pixels each, the picture
; beginning at 22.7. What the game thinks happens while the beam is off the screen.

        PROCESSOR 6502
        INCLUDE "../include/tia.inc"
        INCLUDE "../include/frame.inc"

; ---- Geometry, in lines and pixels of the picture ----------------------------------------------------------------------------

SCORE_TOP       = 4
SCORE_LINES     = 4                     ; of a row of a digit
CEILING_TOP     = 32
FIELD_TOP       = 40                    ; first line that the ball can reach
BRICKS_TOP      = 56
BRICK_HEIGHT    = 8                     ; the first line of which is the gap above it
BRICK_ROWS      = 6
PADDLE_TOP      = 180
PADDLE_BOTTOM   = 184

FIELD_LEFT      = 8                     ; first pixel right of the left wall
FIELD_RIGHT     = 152                   ; first pixel of the right wall
BRICKS_IN_ROW   = 18

BALL_WIDTH      = 4
BALL_HEIGHT     = 6
PADDLE_WIDTH    = 16

; ---- Rules -------------------------------------------------------------------------------------------------------------------

LIVES_AT_START  = 5
WALLS_IN_GAME   = 2
ALL_BRICKS      = BRICK_ROWS * BRICKS_IN_ROW

SERVE_LINE      = 112
LOST_LINE       = 187                   ; the ball's top is here: it has passed the paddle

FAST_ROWS       = 2                     ; a brick of these upper rows makes the ball fastest
FASTEST         = 3                     ; highest level of speed

; ---- Colours -----------------------------------------------------------------------------------------------------------------

BALL_COLOUR     = $0E                   ; the paddle's too
WALL_COLOUR     = $06
OVER_COLOUR     = $42                   ; of the walls, when the game is over
SCORE_COLOUR    = $0C
LIVES_COLOUR    = $1C

; ---- RAM ---------------------------------------------------------------------------------------------------------------------

        SEG.U variables
        ORG $80

; What others read, at addresses that stay: see README.md.
ScoreHigh       .byte                   ; $80: hundreds; two decimal digits in a byte (BCD)
ScoreLow        .byte                   ; $81: tens and ones, BCD
Lives           .byte                   ; $82: balls left, the one in play included
Started         .byte                   ; $83: 1 since RESET was first pressed
GameOver        .byte                   ; $84: 1 when all balls are lost or all walls are down
WallsDown       .byte                   ; $85: walls cleared, 0..2
BricksLeft      .byte                   ; $86: of this wall
InPlay          .byte                   ; $87: 1 while the ball is in play, 0 while it waits for FIRE
BallX           .byte                   ; $88: left pixel of the ball, 8..148
BallY           .byte                   ; $89: top line of the ball, 40..187
PaddleX         .byte                   ; $8A: left pixel of the paddle, 8..136
GoesLeft        .byte                   ; $8B: 0 right, 1 left
GoesUp          .byte                   ; $8C: 0 down, 1 up
Speed           .byte                   ; $8D: level of speed, 0..3
Hits            .byte                   ; $8E: by the paddle, since the serve

; What the program needs for itself.
BallXFraction   .byte                   ; positions and speeds have 8 bits after the point
BallYFraction   .byte
SpeedX          .byte                   ; pixels in a frame
SpeedXFraction  .byte
SpeedY          .byte                   ; lines in a frame
SpeedYFraction  .byte
Angle           .byte                   ; 0 steep .. 3 flat
Random          .byte                   ; changes with every frame, never 0
ChargedAt       .byte                   ; last line on which the paddle's capacitor was not charged yet
BallShape       .word                   ; pointer: BallShape[line] is 2 where the ball is
WallColour      .byte
SoundFrames     .byte                   ; left of the sound
Old             .byte                   ; column or line before the move
OldFraction     .byte
Column          .byte                   ; arguments of HitBrick
Line            .byte
BrickRow        .byte
DigitA          .byte                   ; offsets of the digits to draw
DigitB          .byte
DigitC          .byte
DigitD          .byte

; Rows of the score as playfield bytes.
ScoreLeft       ds 5                    ; hundreds and tens
ScoreMiddle     ds 5                    ; ones, mirrored
ScoreRight      ds 5                    ; lives

        ECHO "Bricks: RAM used up to", *, "and for the wall; the stack grows down from $FF"

; The wall as playfield bytes, six for each row from the top: PF0, PF1, PF2 of the left half, then of the right half.
        ORG $C0
BYTES_IN_ROW    = 6
Bricks          ds BRICK_ROWS * BYTES_IN_ROW

; ---- Macros of the drawing code ------------------------------------------------------------------------------------------------

; The paddle is a resistor that charges a capacitor: the time it takes tells the angle. On every line, while it is not charged
; yet, the line's number is noted. 6 to 8 cycles.
        MAC POLL_PADDLE
        bit INPT0
        bmi .charged
        sty ChargedAt
.charged
        ENDM

; One row of bricks: {1} is its number from the top, {2} its colour. Y is the line, A the ball's bit for it. The playfield has
; registers for half a line only, so each is written twice: for the right half as soon as the beam has drawn its left one.
        MAC DRAW_ROW
        sta WSYNC                       ; the gap above the bricks
        sta ENAM0                       ;  3
        lda #0                          ;  5
        sta PF0                         ;  8
        sta PF1                         ; 11
        sta PF2                         ; 14
        lda #{2}                        ; 16
        sta COLUPF                      ; 19
        POLL_PADDLE                     ; 27
        iny                             ; 29
        lda (BallShape),y               ; 35
        ldx #BRICK_HEIGHT - 1           ; 37
.line
        sta WSYNC
        sta ENAM0                                       ;  3
        lda Bricks + [{1} * BYTES_IN_ROW]               ;  6
        sta PF0                                         ;  9
        lda Bricks + [{1} * BYTES_IN_ROW] + 1           ; 12
        sta PF1                                         ; 15
        lda Bricks + [{1} * BYTES_IN_ROW] + 2           ; 18
        sta PF2                                         ; 21
        POLL_PADDLE                                     ; 27..29
        lda Bricks + [{1} * BYTES_IN_ROW] + 3           ; 30..32
        sta PF0                                         ; 33..35, allowed 28..49
        lda Bricks + [{1} * BYTES_IN_ROW] + 4           ; 36..38
        nop                                             ; 38..40
        sta PF1                                         ; 41..43, allowed 39..54
        lda Bricks + [{1} * BYTES_IN_ROW] + 5           ; 44..46
        iny                                             ; 46..48
        nop                                             ; 48..50
        sta PF2                                         ; 51..53, allowed 50..65
        lda (BallShape),y                               ; 57..59
        dex
        bne .line
        ENDM

; ---- Program -------------------------------------------------------------------------------------------------------------------

        SEG program
        ORG $F000

Start SUBROUTINE
        sei
        cld
        ldx #0                          ; clear TIA registers and RAM: addresses 0..$FF
        txa
.clear  dex
        txs
        pha                             ; the stack pointer walks down with X, and ends at $FF
        bne .clear

        lda #%00100101                  ; paddle: a player of double width; ball: a missile of 4 pixels
        sta NUSIZ0
        lda #%00000101                  ; side walls: a player of double width
        sta NUSIZ1
        lda #BALL_COLOUR
        sta COLUP0
        lda #WALL_COLOUR
        sta WallColour
        lda #1
        sta Random
        lda #FIELD_LEFT
        sta BallX                       ; not in play, but placed in every frame
        jsr BuildWall

NextFrame SUBROUTINE
        VERTICAL_SYNC
        START_TIMER BLANK_TIME
        jsr ReadPaddle
        lda SWCHB
        and #RESET_SWITCH
        bne .play
        jsr NewGame
        jmp .thought
.play   jsr Play
.thought
        jsr PointAtBall
        lda #0
        sta ChargedAt
        WAIT_FOR_TIMER

; Eight lines before the picture the capacitor begins to charge: about as long as it takes with the paddle fully to the right.
        lda #BEAM_OFF
        sta VBLANK
        lda PaddleX
        sec
        sbc #3
        ldx #0
        jsr PlaceObject
        lda BallX
        sec
        sbc #1
        ldx #2
        jsr PlaceObject
        lda #FIELD_RIGHT - 3            ; 16 pixels wide: the left wall is what runs over the right border
        ldx #1
        jsr PlaceObject
        sta WSYNC
        sta HMOVE

; ---- The picture -----------------------------------------------------------------------------------------------------------------

        ldy #0                          ; Y is the line throughout
        sty VBLANK
.above  sta WSYNC
        POLL_PADDLE
        iny
        cpy #SCORE_TOP
        bne .above

        ldx #0
.score  sta WSYNC
        lda ScoreLeft,x                 ;  4
        sta PF1                         ;  7
        lda ScoreMiddle,x               ; 11
        sta PF2                         ; 14
        lda #SCORE_COLOUR               ; 16
        sta COLUPF                      ; 19
        POLL_PADDLE                     ; 25..27
        iny                             ; 27..29
        nop                             ; 29..31
        nop                             ; 31..33
        nop                             ; 33..35
        nop                             ; 35..37
        lda ScoreRight,x                ; 39..41
        sta PF1                         ; 42..44, allowed 39..54
        lda #LIVES_COLOUR               ; 44..46
        sta COLUPF                      ; 47..49: the beam is right of the ones
        lda #0                          ; 49..51
        sta PF2                         ; 52..54, allowed 50..65
        tya
        and #SCORE_LINES - 1
        bne .score
        inx
        cpx #DIGIT_ROWS
        bne .score

.below  sta WSYNC
        lda #0
        sta PF1
        POLL_PADDLE
        iny
        cpy #CEILING_TOP
        bne .below

        ldx WallColour
.ceiling
        sta WSYNC
        lda #$FF
        sta PF0
        sta PF1
        sta PF2
        sta GRP1
        stx COLUPF
        stx COLUP1
        POLL_PADDLE
        iny
        lda (BallShape),y
        cpy #FIELD_TOP
        bne .ceiling

        ldx #0
.upper  sta WSYNC
        sta ENAM0
        stx PF0
        stx PF1
        stx PF2
        POLL_PADDLE
        iny
        lda (BallShape),y
        cpy #BRICKS_TOP
        bne .upper

        DRAW_ROW 0, $46
        DRAW_ROW 1, $38
        DRAW_ROW 2, $28
        DRAW_ROW 3, $1A
        DRAW_ROW 4, $C8
        DRAW_ROW 5, $98

.middle sta WSYNC
        sta ENAM0
        stx PF0                         ; X is 0
        stx PF1
        stx PF2
        POLL_PADDLE
        iny
        lda (BallShape),y
        cpy #PADDLE_TOP
        bne .middle

        ldx #$FF
.paddle sta WSYNC
        sta ENAM0
        stx GRP0
        POLL_PADDLE
        iny
        lda (BallShape),y
        cpy #PADDLE_BOTTOM
        bne .paddle

        ldx #0
.lower  sta WSYNC
        sta ENAM0
        stx GRP0
        POLL_PADDLE
        iny
        lda (BallShape),y
        cpy #LINES_OF_PICTURE
        bne .lower

; ---- Overscan --------------------------------------------------------------------------------------------------------------------

        sta WSYNC
        START_TIMER OVERSCAN_TIME
        lda #BEAM_OFF | DISCHARGE
        sta VBLANK
        stx ENAM0
        stx GRP1
        jsr NextRandom
        jsr PrepareScore
        jsr FadeSound
        WAIT_FOR_TIMER
        jmp NextFrame

; ---- Input -----------------------------------------------------------------------------------------------------------------------

; Turns the line on which the capacitor was charged, 0..191, into the paddle's column: 3/4 of it, counted from the right.
ReadPaddle SUBROUTINE
        lda ChargedAt
        lsr
        sta Line
        lsr
        clc
        adc Line
        sta Line
        lda #FIELD_RIGHT - PADDLE_WIDTH + 4     ; a few lines at each end are reserve
        sec
        sbc Line
        bcc .left
        cmp #FIELD_LEFT
        bcc .left
        cmp #FIELD_RIGHT - PADDLE_WIDTH
        bcc .set
        lda #FIELD_RIGHT - PADDLE_WIDTH
        bne .set                        ; always
.left   lda #FIELD_LEFT
.set    sta PaddleX
        rts

; ---- The course of the game ------------------------------------------------------------------------------------------------------

NewGame SUBROUTINE
        lda #0
        sta ScoreHigh
        sta ScoreLow
        sta GameOver
        sta WallsDown
        sta InPlay
        sta SoundFrames
        lda #LIVES_AT_START
        sta Lives
        lda #1
        sta Started
        lda #WALL_COLOUR
        sta WallColour                  ; and on into BuildWall

BuildWall SUBROUTINE
        ldx #(BRICK_ROWS * BYTES_IN_ROW) - 1
.row    ldy #BYTES_IN_ROW - 1
.byte   lda FullRow,y
        sta Bricks,x
        dex
        dey
        bpl .byte
        txa
        bpl .row
        lda #ALL_BRICKS
        sta BricksLeft
        rts

Play SUBROUTINE
        lda Started
        beq .idle
        lda GameOver
        bne .idle
        lda InPlay
        beq .serve
        jsr MoveX
        jmp MoveY
.serve  bit SWCHA                       ; bit 7: the paddle's button, 0 is pressed
        bmi .idle
        jmp Serve
.idle   rts

; The ball starts below the wall, downwards, from a column and with a direction that depend on the moment.
Serve SUBROUTINE
        lda Random
        eor ChargedAt
        and #%01111111
        clc
        adc #FIELD_LEFT + 8
        sta BallX
        lda #SERVE_LINE
        sta BallY
        lda Random
        and #1
        sta GoesLeft
        lda Random
        lsr
        and #1
        sta Angle                       ; steep or less so
        lda #0
        sta GoesUp
        sta Speed
        sta Hits
        sta BallXFraction
        sta BallYFraction
        lda #1
        sta InPlay                      ; and on into SetSpeed

; Speeds for the level and the angle.
SetSpeed SUBROUTINE
        ldx Speed
        lda LinesPerFrame,x
        sta SpeedY
        lda LinesPerFrameFraction,x
        sta SpeedYFraction
        txa
        asl
        asl
        ora Angle
        tax
        lda PixelsPerFrame,x
        sta SpeedX
        lda PixelsPerFrameFraction,x
        sta SpeedXFraction
        rts

MoveX SUBROUTINE
        lda BallX
        sta Old
        lda BallXFraction
        sta OldFraction
        ldx GoesLeft
        bne .left

        clc
        adc SpeedXFraction
        sta BallXFraction
        lda BallX
        adc SpeedX
        sta BallX
        clc
        adc #BALL_WIDTH - 1
        cmp #FIELD_RIGHT
        bcs .wall
        bcc .bricks                     ; always

.left   sec
        sbc SpeedXFraction
        sta BallXFraction
        lda BallX
        sbc SpeedX
        sta BallX
        cmp #FIELD_LEFT
        bcc .wall

.bricks sta Column                      ; the ball's front, its upper and its lower corner
        lda BallY
        sta Line
        jsr HitBrick
        bcs .back
        lda BallY
        adc #BALL_HEIGHT - 1            ; carry is clear
        sta Line
        jsr HitBrick
        bcs .back
        rts

.wall   ldx #SOUND_WALL
        jsr StartSound
.back   lda Old
        sta BallX
        lda OldFraction
        sta BallXFraction
        lda GoesLeft
        eor #1
        sta GoesLeft
        rts

MoveY SUBROUTINE
        lda BallY
        sta Old
        lda BallYFraction
        sta OldFraction
        ldx GoesUp
        bne .up

        clc
        adc SpeedYFraction
        sta BallYFraction
        lda BallY
        adc SpeedY
        sta BallY
        cmp #LOST_LINE
        bcs Lose
        adc #BALL_HEIGHT - 1            ; carry is clear
        cmp #PADDLE_TOP
        bcc .bricks
        cmp #PADDLE_TOP + BALL_HEIGHT + 1
        bcc .paddle
        rts                             ; too low for the paddle
.paddle jmp HitPaddle

.up     sec
        sbc SpeedYFraction
        sta BallYFraction
        lda BallY
        sbc SpeedY
        sta BallY
        cmp #FIELD_TOP
        bcc .ceiling

.bricks sta Line                        ; the ball's front, its left and its right corner
        lda BallX
        sta Column
        jsr HitBrick
        bcs .back
        lda BallX
        adc #BALL_WIDTH - 1             ; carry is clear
        sta Column
        jsr HitBrick
        bcs .back
        rts

.ceiling
        ldx #SOUND_WALL
        jsr StartSound
.back   lda Old
        sta BallY
        lda OldFraction
        sta BallYFraction
        lda GoesUp
        eor #1
        sta GoesUp
        rts

Lose SUBROUTINE
        lda #0
        sta InPlay
        ldx #SOUND_LOST
        jsr StartSound
        dec Lives
        beq EndGame
        rts

EndGame SUBROUTINE
        lda #1
        sta GameOver
        lda #0
        sta InPlay
        lda #OVER_COLOUR
        sta WallColour
        rts

; The ball is as low as the paddle. Where it meets the paddle decides its way: the farther from the middle, the flatter.
HitPaddle SUBROUTINE
        lda BallX
        clc
        adc #BALL_WIDTH - 1
        sec
        sbc PaddleX
        bcc .miss
        cmp #PADDLE_WIDTH + BALL_WIDTH - 1
        bcs .miss
        tax
        lda ContactAngles,x
        sta Angle
        cpx #CONTACT_MIDDLE
        beq .straight                   ; goes on to the side to which it went
        lda #0
        bcs .right
        lda #1
.right  sta GoesLeft
.straight
        lda #PADDLE_TOP - BALL_HEIGHT
        sta BallY
        lda #1
        sta GoesUp
        ldx #SOUND_PADDLE
        jsr StartSound

        lda BricksLeft
        bne .count
        jsr BuildWall                   ; the next wall appears while the ball is far from it

.count  lda Hits
        cmp #$FF
        beq .full
        inc Hits
.full   ldx #0
        lda Hits
        cmp #4
        bcc .level
        inx
        cmp #12
        bcc .level
        inx
.level  cpx Speed
        bcc .speed                      ; a fast ball stays fast
        stx Speed
.speed  jsr SetSpeed
        lda Random                      ; a little chance, so that no ball flies in a circle for ever
        and #%00011111
        clc
        adc SpeedXFraction
        sta SpeedXFraction
        bcc .miss
        inc SpeedX
.miss   rts

; Is there a brick at Column and Line? Carry says so; then it is gone and counted.
HitBrick SUBROUTINE
        lda Line
        sec
        sbc #BRICKS_TOP
        bcc .none
        lsr                             ; a brick has 8 lines,
        lsr
        lsr
        cmp #BRICK_ROWS
        bcs .none
        tax
        stx BrickRow
        lda Column
        sec
        sbc #FIELD_LEFT
        lsr                             ; and 8 pixels
        lsr
        lsr
        tay
        lda RowOffsets,x
        clc
        adc ColumnBytes,y
        tax
        lda Bricks,x
        and ColumnMasks,y
        beq .none

        eor Bricks,x                    ; the brick's bits go out
        sta Bricks,x
        ldx BrickRow
        sed                             ; decimal addition
        clc
        lda ScoreLow
        adc RowPoints,x
        sta ScoreLow
        lda ScoreHigh
        adc #0
        sta ScoreHigh
        cld
        cpx #FAST_ROWS
        bcs .sound
        lda Speed
        cmp #FASTEST
        beq .sound
        lda #FASTEST
        sta Speed
        jsr SetSpeed
        ldx BrickRow
.sound  jsr StartSound                  ; each row has its own
        dec BricksLeft
        bne .hit
        inc WallsDown
        lda WallsDown
        cmp #WALLS_IN_GAME
        bcc .hit
        jsr EndGame
.hit    sec
        rts
.none   clc
        rts

; ---- Helpers ---------------------------------------------------------------------------------------------------------------------

; BallShape + line has to be the ball's first byte on line BallY. A ball that is not in play is shown nowhere.
PointAtBall SUBROUTINE
        lda #<BallPixels
        ldx #>BallPixels
        ldy InPlay
        bne .shown
        lda #<(NoBallPixels - FIELD_TOP)
        ldx #>(NoBallPixels - FIELD_TOP)
        sta BallShape
        stx BallShape + 1
        rts
.shown  sec
        sbc BallY
        sta BallShape
        txa
        sbc #0
        sta BallShape + 1
        rts

; Rows of the digits as playfield bytes.
PrepareScore SUBROUTINE
        lda ScoreHigh
        and #$0F
        tax
        lda DigitOffsets,x
        sta DigitA
        lda ScoreLow
        lsr
        lsr
        lsr
        lsr
        tax
        lda DigitOffsets,x
        sta DigitB
        lda ScoreLow
        and #$0F
        tax
        lda DigitOffsets,x
        sta DigitC

        ldx Lives
        lda DigitOffsets,x
        sta DigitD

        ldy #DIGIT_ROWS - 1
.row    ldx DigitA
        lda Digits,x
        and #$F0
        sta ScoreLeft,y
        ldx DigitB
        lda Digits,x
        and #$0F
        ora ScoreLeft,y
        sta ScoreLeft,y
        ldx DigitC
        lda Digits,x
        and #$0F
        lsr
        tax
        lda MirroredPixels,x
        sta ScoreMiddle,y
        ldx DigitD
        lda Digits,x
        and #$0F
        sta ScoreRight,y
        inc DigitA                      ; digits are stored from the lowest row up
        inc DigitB
        inc DigitC
        inc DigitD
        dey
        bpl .row
        rts

        INCLUDE "../include/chance.inc"
        INCLUDE "../include/sound.inc"
        INCLUDE "../include/position.inc"

; ---- Data ----------------------------------------------------------------------------------------------------------------------

        INCLUDE "../include/digits.inc"

; Three pixels in the order of PF2.
MirroredPixels  .byte %000, %100, %010, %110, %001, %101, %011, %111

RowPoints       .byte 7, 7, 4, 4, 1, 1
RowOffsets      .byte 0, 6, 12, 18, 24, 30

; A row with all its bricks: 18 times two playfield pixels. The two at each end are under the side walls.
FullRow         .byte %11000000, %11111111, %11111111, %11110000, %11111111, %00111111

; Column of a brick -> byte of the row and bits in it: PF0 and PF2 run from low bits to high ones, PF1 the other way.
ColumnBytes     .byte 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5
ColumnMasks     .byte $C0, $C0, $30, $0C, $03, $03, $0C, $30, $C0, $30, $C0, $C0, $30, $0C, $03, $03, $0C, $30

; Contact point, 0 (the ball's right pixel on the paddle's left one) to 18 -> angle.
CONTACT_MIDDLE  = 9
ContactAngles   .byte 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3

; Speeds by level: 1.5, 2, 2.5 and 3 lines in a frame; the pixels are 0.25, 0.5, 0.8 and 1.1 of that, by angle.
LinesPerFrame           .byte 1, 2, 2, 3
LinesPerFrameFraction   .byte $80, $00, $80, $00
PixelsPerFrame
        .byte 0, 0, 1, 1
        .byte 0, 1, 1, 2
        .byte 0, 1, 2, 2
        .byte 0, 1, 2, 3
PixelsPerFrameFraction
        .byte $60, $C0, $33, $A6
        .byte $80, $00, $9A, $33
        .byte $A0, $40, $00, $C0
        .byte $C0, $80, $66, $4D

; Sounds: bricks by row, then these.
SOUND_PADDLE    = 6
SOUND_WALL      = 7
SOUND_LOST      = 8
SoundWaves      .byte 4, 4, 4, 4, 4, 4, 4, 4, 7
SoundPitches    .byte 8, 10, 12, 14, 16, 18, 23, 28, 30
SoundLengths    .byte 8, 8, 8, 8, 8, 8, 6, 4, 24

; The ball in a column of 158 + 6 + 160 lines: BallShape points into it so that the ball comes on its line.
        ds 158, 0
BallPixels
        ds BALL_HEIGHT, 2
NoBallPixels
        ds 160, 0

        ECHO "Bricks: free program bytes", $FFFA - *

        ORG $FFFA
        .word Start                     ; not used: the 6507 has no interrupt lines
        .word Start                     ; RESET
        .word Start
